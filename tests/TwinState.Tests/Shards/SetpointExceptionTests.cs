using Movc.Domain.Dispatch;
using Movc.Domain.Events;
using Movc.Domain.Fleet;
using Movc.Domain.Time;
using Movc.TwinState.Shards;

namespace Movc.TwinState.Tests.Shards;

/// <summary>What the twin believes of a vehicle that does not do what it was asked for, and how setpoints come together from their parts.</summary>
public sealed class SetpointExceptionTests
{
    private const long Start = 1_658_102_400_000;

    [Fact]
    public void Who_refuses_charges_on_its_own_from_where_the_setpoint_began_and_the_interval_counts_it_so()
    {
        (ShardState state, int v) = Plugged();
        // Asked to give 6 kW, it refuses a minute later.
        Begin(state, 0, v, -6_000);
        state.Apply(v, Exception(VehicleEventType.SetpointRejected, 1, 0));
        state.AdvanceTo(At(10));
        // 3 kW on its own for ten minutes: 500 Wh drawn, 450 stored.
        state.Columns.EnergyMilliWh[v].ShouldBe(30_450_000);
        state.Energy.DispatchedWh.ShouldBe(500, 1e-6);
        (state.Energy.WillingChargedWh, state.Energy.WillingDischargedWh).ShouldBe((500, 0));
        state.Snapshot(At(10), 1).SetpointUntilMs[0].ShouldBe(0);
    }

    [Fact]
    public void What_was_metered_instead_stands_until_the_setpoint_ends()
    {
        (ShardState state, int v) = Plugged();
        Begin(state, 0, v, -6_000);
        state.Apply(v, Exception(VehicleEventType.SetpointNotFollowed, 2, 0) with { PowerW = -1_500 });
        state.AdvanceTo(At(10));
        // 1.5 kW given for ten minutes: 250 Wh at the plug.
        state.Energy.DispatchedWh.ShouldBe(-250, 1e-3);
        ShardSnapshot snapshot = state.Snapshot(At(10), 1);
        (snapshot.StandingW[0], snapshot.SetpointUntilMs[0]).ShouldBe((-1_500, At(30)));
        // No meter shows more than the plug can do.
        state.Apply(v, Exception(VehicleEventType.SetpointNotFollowed, 3, 0) with { PowerW = -60_000 });
        state.Columns.SetpointW[v].ShouldBe(-6_000);
    }

    [Fact]
    public void Nobody_answered_is_told_late_and_what_was_believed_meanwhile_is_taken_back()
    {
        (ShardState told, int v) = Plugged();
        (ShardState late, _) = Plugged();
        Begin(told, 0, v, -6_000);
        told.Apply(v, Exception(VehicleEventType.SetpointTimedOut, 5, 0));
        Begin(late, 0, v, -6_000);
        // A reading settles the estimate before the news comes.
        late.Apply(v, new VehicleEvent { Type = VehicleEventType.LocationReported, OccurredAtMs = At(4), LatitudeE7 = 1, LongitudeE7 = 1 });
        late.Energy.Settle(v, At(4));
        late.Apply(v, Exception(VehicleEventType.SetpointTimedOut, 5, 0));
        told.AdvanceTo(At(10));
        late.AdvanceTo(At(10));
        ((double)late.Columns.EnergyMilliWh[v]).ShouldBe(told.Columns.EnergyMilliWh[v], 2);
        late.Energy.DispatchedWh.ShouldBe(told.Energy.DispatchedWh, 1e-3);
        late.Energy.WillingDischargedWh.ShouldBe(0, 1e-3);
    }

    [Fact]
    public void Of_another_setpoint_than_the_one_that_stands_nothing_is_believed()
    {
        (ShardState state, int v) = Plugged();
        Begin(state, 0, v, -6_000);
        Begin(state, 10, v, 2_000);
        state.Apply(v, Exception(VehicleEventType.SetpointRejected, 11, 0));
        (state.Columns.SetpointW[v], state.Columns.SetpointUntilMs[v]).ShouldBe((2_000, At(40)));
        state.Apply(v, Exception(VehicleEventType.SetpointRejected, 11, 10));
        state.Columns.SetpointUntilMs[v].ShouldBe(0);
        // Gone, it has none that could be refused.
        state.Apply(v, new VehicleEvent { Type = VehicleEventType.Unplugged, OccurredAtMs = At(12) });
        int energy = state.Columns.EnergyMilliWh[v];
        state.Apply(v, Exception(VehicleEventType.SetpointTimedOut, 13, 10));
        state.Columns.EnergyMilliWh[v].ShouldBe(energy);
    }

    [Fact]
    public void Parts_of_an_interval_come_together_in_any_order_and_one_that_comes_twice_counts_once()
    {
        var parts = new SetpointParts(3);
        SetpointBatch Part(long atMs, params int[] vehicles) => new(3, atMs, atMs + 1, vehicles, [.. vehicles.Select(v => -v)]);
        parts.Take(Part(5, 4, 9), 1, 3).ShouldBeNull();
        parts.IsOpen.ShouldBeTrue();
        parts.Take(Part(5, 4, 9), 1, 3).ShouldBeNull();
        parts.Take(Part(5), 2, 3).ShouldBeNull();
        SetpointBatch whole = parts.Take(Part(5, 1, 7), 0, 3).ShouldNotBeNull();
        whole.Vehicle.ShouldBe([1, 4, 7, 9]);
        whole.PowerW.ShouldBe([-1, -4, -7, -9]);
        parts.IsOpen.ShouldBeFalse();
        // Sent again after a restart in another division: what was there before does not mix with it.
        parts.Take(Part(6, 1), 0, 2).ShouldBeNull();
        parts.Take(Part(6, 2), 0, 3).ShouldBeNull();
        parts.Take(Part(6, 3), 1, 3).ShouldBeNull();
        parts.Take(Part(6, 4), 2, 3)!.Vehicle.ShouldBe([2, 3, 4]);
        parts.Take(Part(7, 8), 0, 1)!.Vehicle.ShouldBe([8]);
    }

    private static long At(int minute) => Start + (minute * 60_000L);

    private static (ShardState State, int Vehicle) Plugged()
    {
        var state = new ShardState(0, FleetModel.Plain);
        int v = state.Add("v"u8);
        state.Apply(v, new VehicleEvent { Type = VehicleEventType.Registered, OccurredAtMs = At(-60), CapacityWh = 60_000, EnergyWh = 30_000, Consent = V2gStrategy.WhenStaying });
        state.Apply(v, new VehicleEvent { Type = VehicleEventType.PluggedIn, OccurredAtMs = Start, MaxChargeW = 6_000, MaxDischargeW = 6_000, UnmanagedChargeW = 3_000, DeclaredDepartureMs = At(300) });
        return (state, v);
    }

    private static void Begin(ShardState state, int minute, int vehicle, int powerW)
    {
        state.AdvanceTo(At(minute));
        state.Apply(new SetpointBatch(0, At(minute), At(minute) + (DispatchParameters.SetpointValidSlots * Slots.Ms), [vehicle], [powerW]));
    }

    private static VehicleEvent Exception(VehicleEventType type, int minute, int setpointMinute) =>
        new() { Type = type, OccurredAtMs = At(minute), SetpointAtMs = At(setpointMinute) };
}
