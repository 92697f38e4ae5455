using Google.Protobuf;
using Movc.Domain.Charging;
using Movc.Domain.Fleet;
using Movc.Domain.Time;
using Movc.EventLog;
using Movc.EventLog.InProcess;
using Movc.EventLog.Wire;
using Movc.RollingOptimizer.Horizon;
using FleetPart = Movc.EventLog.Wire.V1.FleetPart;

namespace Movc.RollingOptimizer.Tests.Horizon;

public class FleetReaderTests
{
    private const long At = Fleets.At;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public void A_part_of_the_fleet_travels_exact_to_the_bit()
    {
        var random = new Random(4);
        for (int n = 0; n < 50; n++)
        {
            ShardSnapshot part = Draw(random, random.Next(0, 40));
            ShardSnapshot back = FleetPartCodec.ToSnapshot(FleetPart.Parser.ParseFrom(FleetPartCodec.ToMessage(part).ToByteArray()));
            foreach (System.Reflection.PropertyInfo property in typeof(ShardSnapshot).GetProperties().Where(p => p.Name is not (nameof(ShardSnapshot.Ids) or nameof(ShardSnapshot.Outlook))))
                property.GetValue(back).ShouldBe(property.GetValue(part), property.Name);
            foreach (System.Reflection.PropertyInfo property in typeof(FleetOutlook).GetProperties())
                property.GetValue(back.Outlook).ShouldBe(property.GetValue(part.Outlook), property.Name);
            foreach (int vehicle in part.Vehicle) back.Ids.Utf8(vehicle).SequenceEqual(part.Ids.Utf8(vehicle)).ShouldBeTrue();
            back.Ids.Count.ShouldBe(part.RegisteredCount);
            Should.Throw<ArgumentOutOfRangeException>(() => back.Ids.Utf8(1).Length);
        }
    }

    [Fact]
    public void A_message_whose_columns_do_not_hold_together_is_no_part()
    {
        Action<FleetPart>[] damages =
        [
            m => m.EnergyWh.RemoveAt(0), m => m.CapacityWh.Add(1), m => m.DepartureMs.Clear(), m => m.SetpointUntilMs.Add(0), m => m.VehicleIdLength[0]++, m => m.VehicleIdLength[0] = 0,
            m => m.VehicleIds = ByteString.CopyFromUtf8("x"), m => m.VehicleDelta[1] = 0, m => m.VehicleDelta[0] = -1, m => m.Registered = 3, m => m.StandingW.RemoveAt(1),
            m => m.NeededWh.Add(1), m => m.Outlook = null, m => m.Outlook.Gaps.Add(1), m => m.Outlook.Gaps[0]++, m => m.Outlook.FromSlot.Add(3), m => m.Outlook.ToSlot[0] = m.Outlook.FromSlot[0], m => m.Outlook.ToSlot[0] = 65_536,
            m => m.Outlook.UsedWh.Clear(), m => m.Outlook.VehicleDelta[0] = -1, m => m.Outlook.EnergyWh.Add(1), m => m.Outlook.UsualChargeW.RemoveAt(0), m => m.Outlook.UsualNeedWh.RemoveAt(0), m => m.Outlook.Gaps[0] = uint.MaxValue,
        ];
        foreach (Action<FleetPart> damage in damages)
        {
            FleetPart message = FleetPartCodec.ToMessage(Draw(new Random(1), 5));
            damage(message);
            Should.Throw<InvalidDataException>(() => FleetPartCodec.ToSnapshot(message));
        }
    }

    [Fact(Timeout = 60_000)]
    public async Task The_fleet_is_put_together_once_every_part_is_there_and_rubbish_stops_nothing()
    {
        await using var log = new InProcessEventLog(2);
        var reader = new FleetReader(log, At);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Token);
        Task reading = reader.RunAsync(stop.Token);
        ILogProducer producer = log.OpenProducer(Topics.Fleet);
        async Task SendAsync(int partition, IMessage message) => await producer.SendAsync(partition, CloudEventRecord.Of("0"u8, "id"u8, "movc:twin"u8, "movc.fleet.part.v1"u8, At, message), Token);
        // Planned already; half of an instant that never becomes whole; nonsense; another shard's part.
        await SendAsync(0, Part(At, 0));
        await SendAsync(1, Part(At, 1));
        await SendAsync(0, Part(At + Slots.Ms, 0));
        FleetPart broken = Part(At + Slots.Ms, 1);
        broken.EnergyWh.Add(1);
        await SendAsync(1, broken);
        await SendAsync(1, Part(At + Slots.Ms, 0));
        await SendAsync(0, Part(At + (2 * Slots.Ms), 0));
        await SendAsync(0, Part(At + (2 * Slots.Ms), 0));
        await SendAsync(1, Part(At + (2 * Slots.Ms), 1));
        FleetSnapshot fleet = (await reader.NextAsync(Token)).ShouldNotBeNull();
        fleet.AtMs.ShouldBe(At + (2 * Slots.Ms));
        fleet.Shards.Select(s => s.Shard).ShouldBe([0, 1]);
        (reader.Unreadable, reader.LatestMs).ShouldBe((2, At + (2 * Slots.Ms)));
        await stop.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => reading);
        (await reader.NextAsync(Token)).ShouldBeNull();
    }

    private static FleetPart Part(long atMs, int shard) => FleetPartCodec.ToMessage(Fleets.Shard(atMs, shard, [new(60_000, 30_000, 7_000, atMs + Slots.Ms)]));

    private static ShardSnapshot Draw(Random random, int vehicles) => Fleets.Shard(
        At, 3,
        [
            .. Enumerable.Range(0, vehicles).Select(_ => new Fleets.Vehicle(
                random.Next(), random.Next(), random.Next(), random.Next(3) == 0 ? 0 : At + random.Next(-1000, 1_000_000), (V2gStrategy)random.Next(3), random.Next(), random.Next(int.MinValue, int.MaxValue),
                random.Next(2) == 0 ? 0 : At + random.Next(1, 9_000_000), random.Next(), random.Next(), (UnmanagedStart)random.Next(2), random.Next())),
        ],
        random.NextDouble(), -random.NextDouble(), DrawOutlook(random, vehicles));

    private static FleetOutlook DrawOutlook(Random random, int plugged)
    {
        int away = Math.Min(plugged, random.Next(1, 6)), rows = plugged + away;
        int[] offset = new int[rows + 1];
        var from = new List<ushort>();
        var to = new List<ushort>();
        for (int row = 0; row < rows; row++)
        {
            int last = 0;
            for (int g = random.Next(1, 4); g > 0; g--)
            {
                from.Add((ushort)(last + random.Next(20)));
                to.Add((ushort)(g == 1 && random.Next(4) == 0 ? FleetOutlook.NotBack : from[^1] + random.Next(1, 20)));
                last = to[^1];
            }
            offset[row + 1] = from.Count;
        }
        int[] Any(int count) => [.. Enumerable.Range(0, count).Select(_ => random.Next())];
        return new FleetOutlook
        {
            GapOffset = offset,
            UsualChargeW = Any(rows),
            UsualNeedWh = Any(rows),
            FromSlot = [.. from],
            ToSlot = [.. to],
            UsedWh = Any(from.Count),
            // Between the plugged-in ones, which have the even numbers.
            Vehicle = [.. Enumerable.Range(0, away).Select(k => (2 * k) + 1)],
            CapacityWh = Any(away),
            EnergyWh = Any(away),
            ChargeOnlyEnergyWh = Any(away),
            MaxChargeW = Any(away),
            MaxDischargeW = Any(away),
            NeededWh = Any(away),
        };
    }
}
