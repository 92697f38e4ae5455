using Movc.Domain.Dispatch;
using Movc.Domain.Events;
using Movc.Domain.Fleet;
using Movc.Domain.Places;
using Movc.TwinState.Shards;
using Movc.TwinState.Snapshots;

namespace Movc.TwinState.Tests.Shards;

/// <summary>What vehicles at a district's plugs draw in an interval, and of it what came meanwhile.</summary>
public sealed class DistrictLoadTests
{
    private const long Start = 1_658_102_400_000;
    private const long Minute = 60_000;
    private const int West = 1_000_000_000;
    private const int East = 1_100_000_000;

    private static readonly FleetModel Model = FleetModel.Plain with { Districts = new Halves() };

    [Fact]
    public void Every_district_has_its_own_mean_and_what_arrivals_drew_of_it()
    {
        ShardState state = Begun();
        PlugIn(state, 0, -30, West);
        PlugIn(state, 1, -30, East);
        BeginSlot(state, 0, [(1, -3_000)]);
        PlugIn(state, 2, 5, West);
        state.AdvanceTo(Start + (10 * Minute));
        ShardSnapshot snapshot = state.Snapshot(Start + (10 * Minute), 1);
        snapshot.SlotDistrictKw.ShouldBe([6 + 3, -3], 1e-3);
        snapshot.SlotDistrictArrivedKw.ShouldBe([3, 0], 1e-3);
        (snapshot.SlotDistrictKw[0] + snapshot.SlotDistrictKw[1]).ShouldBe(snapshot.SlotDispatchedKw, 1e-9);
        snapshot.District.ShouldBe([0, 1, 0]);
        // In the next interval a plan knows of it.
        BeginSlot(state, 10, []);
        state.AdvanceTo(Start + (20 * Minute));
        snapshot = state.Snapshot(Start + (20 * Minute), 1);
        (snapshot.SlotDistrictKw[0], snapshot.SlotDistrictArrivedKw[0]).ShouldBe((12, 0));
    }

    [Fact]
    public void A_state_that_was_kept_knows_its_districts_and_that_it_does_not_know_the_interval_that_was_under_way()
    {
        ShardState state = Begun();
        PlugIn(state, 0, -30, East);
        BeginSlot(state, 0, []);
        state.AdvanceTo(Start + (5 * Minute));
        ImageWriter image = ShardImage.Take(state);
        var back = new ShardState(0, Model);
        ShardImage.TryRestore(image.Written.Span, ShardImage.Format, back).ShouldBeTrue();
        back.AdvanceTo(Start + (10 * Minute));
        ShardSnapshot snapshot = back.Snapshot(Start + (10 * Minute), 1);
        (snapshot.SlotDistrictKw.Length, snapshot.SlotDistrictArrivedKw.Length, snapshot.District[0]).ShouldBe((0, 0, 1));
        BeginSlot(back, 10, []);
        back.AdvanceTo(Start + (20 * Minute));
        back.Snapshot(Start + (20 * Minute), 1).SlotDistrictKw.ShouldBe([0, 6], 1e-3);
    }

    private static ShardState Begun()
    {
        var state = new ShardState(0, Model);
        for (int v = 0; v < 3; v++)
        {
            state.Add("abc"u8.Slice(v, 1)).ShouldBe(v);
            state.Apply(v, new VehicleEvent { Type = VehicleEventType.Registered, OccurredAtMs = Start - (60 * Minute), CapacityWh = 60_000, EnergyWh = 30_000, Consent = V2gStrategy.WhenStaying });
        }
        return state;
    }

    private static void PlugIn(ShardState state, int v, int minute, int longitudeE7) => state.Apply(v, new VehicleEvent
    {
        Type = VehicleEventType.PluggedIn, OccurredAtMs = Start + (minute * Minute), EnergyWh = 30_000, MaxChargeW = 6_000, MaxDischargeW = 6_000, LatitudeE7 = 220_000_000, LongitudeE7 = longitudeE7,
    });

    private static void BeginSlot(ShardState state, int minute, (int Vehicle, int PowerW)[] setpoints)
    {
        long atMs = Start + (minute * Minute);
        state.AdvanceTo(atMs);
        state.Apply(new SetpointBatch(0, atMs, atMs + (30 * Minute), [.. setpoints.Select(s => s.Vehicle)], [.. setpoints.Select(s => s.PowerW)]));
    }

    private sealed class Halves : IDistrictMap
    {
        public IReadOnlyList<string> Names => ["west", "east"];

        public int Of(int latitudeE7, int longitudeE7) => longitudeE7 == 0 ? -1 : longitudeE7 < (West + East) / 2 ? 0 : 1;
    }
}
