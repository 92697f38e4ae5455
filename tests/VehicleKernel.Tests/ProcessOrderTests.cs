using Movc.VehicleKernel.Bundles;
using Movc.VehicleKernel.Vehicles;

namespace Movc.VehicleKernel.Tests;

public sealed class ProcessOrderTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(8)]
    [InlineData(17)]
    [InlineData(4_003)]
    [InlineData(480_000)]
    public void The_order_names_every_vehicle_once_and_knows_where(int count)
    {
        foreach (ulong seed in (ulong[])[0, 1, 77, ulong.MaxValue])
        {
            var order = new ProcessOrder(count, seed);
            var seen = new bool[count];
            for (int position = 0; position < count; position++)
            {
                int vehicle = order[position];
                seen[vehicle].ShouldBeFalse();
                seen[vehicle] = true;
                if (order.PositionOf(vehicle) != position) order.PositionOf(vehicle).ShouldBe(position);
            }
        }
    }

    [Fact]
    public void Each_vehicle_has_the_round_of_its_block_or_a_row_of_its_own()
    {
        PlanBundle bundle = MadeBundles.Draw(4, rounds: 6, rows: 3);
        var lookup = new PlanLookup(bundle);
        int[] counts = new int[6];
        var rows = new List<int>();
        for (int vehicle = 0; vehicle < bundle.VehicleCount; vehicle++)
        {
            int round = lookup.RoundOf(vehicle);
            if (round >= 0) counts[round]++;
            else rows.Add(~round);
        }
        counts.ShouldBe(bundle.Blocks);
        rows.Order().ShouldBe([0, 1, 2]);
        Should.Throw<ArgumentOutOfRangeException>(() => lookup.RoundOf(bundle.VehicleCount));
        Should.Throw<ArgumentOutOfRangeException>(() => lookup.RoundOf(-1));
    }
}
