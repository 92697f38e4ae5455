using Movc.Domain.Dispatch;
using Movc.TwinState.Store;

namespace Movc.TwinState.Tests.Store;

public sealed class SetpointCodecTests
{
    [Fact]
    public void Every_batch_comes_back_as_it_was()
    {
        var random = new Random(13);
        for (int round = 0; round < 500; round++)
        {
            int[] vehicle = [.. Enumerable.Range(0, random.Next(200)).Select(_ => random.Next(4) == 0 ? random.Next() : random.Next(300)).Distinct().Order()];
            int[] power = [.. vehicle.Select(_ => random.Next(8) switch { 0 => int.MinValue, 1 => int.MaxValue, 2 => 0, _ => random.Next(-22_000, 22_000) })];
            SetpointBatch back = SetpointCodec.Decode(3, 10, 20, SetpointCodec.Encode(new SetpointBatch(3, 10, 20, vehicle, power)));
            back.Vehicle.ShouldBe(vehicle);
            back.PowerW.ShouldBe(power);
            (back.Shard, back.AtMs, back.ValidUntilMs).ShouldBe((3, 10, 20));
        }
    }
}
