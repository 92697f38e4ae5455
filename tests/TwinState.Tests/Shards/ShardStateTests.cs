using Movc.Domain.Dispatch;
using Movc.Domain.Events;
using Movc.Domain.Fleet;
using Movc.Domain.Time;
using Movc.TwinState.Shards;

namespace Movc.TwinState.Tests.Shards;

public sealed class ShardStateTests
{
    private const long Start = 1_658_102_400_000;
    private const long Minute = 60_000;

    [Fact]
    public void Events_that_contradict_the_vehicles_state_are_refused_with_their_reason()
    {
        var state = new ShardState(0, FleetModel.Plain);
        state.Check(-1, Event(VehicleEventType.PluggedIn, 0)).Reason.ShouldBe(DeadLetterReason.UnknownVehicle);
        int v = Register(state, 60_000, 30_000);
        state.Check(v, Event(VehicleEventType.Registered, 1)).Reason.ShouldBe(DeadLetterReason.AlreadyRegistered);
        state.Check(v, Event(VehicleEventType.Unplugged, 1)).Reason.ShouldBe(DeadLetterReason.NotPluggedIn);
        state.Check(v, Event(VehicleEventType.EnergyMetered, 1) with { EnergyWh = 60_001 }).Reason.ShouldBe(DeadLetterReason.OutOfRange);
        state.Check(v, Event(VehicleEventType.EnergyMetered, 1) with { EnergyWh = 60_000 }).ShouldBe(Refusal.None);
        PlugIn(state, v, 10, 7_000, 30_000);
        state.Check(v, Event(VehicleEventType.PluggedIn, 11)).Reason.ShouldBe(DeadLetterReason.AlreadyPluggedIn);
        state.Check(v, Event(VehicleEventType.Unplugged, 10)).ShouldBe(Refusal.None);
        // Before the plug-in it says nothing of it; a week is late, more is too late.
        state.Check(v, Event(VehicleEventType.Unplugged, 9)).ShouldBe(Refusal.None);
        state.Check(v, Event(VehicleEventType.Unplugged, 10 - (7 * 1440))).ShouldBe(Refusal.None);
        state.Check(v, Event(VehicleEventType.Unplugged, 9 - (7 * 1440))).Reason.ShouldBe(DeadLetterReason.TooLate);
    }

    [Fact]
    public void An_event_more_than_half_an_hour_after_the_present_interval_is_refused()
    {
        var state = new ShardState(0, FleetModel.Plain);
        int v = Register(state, 60_000, 30_000);
        const int LatestMinute = 10 + 30;
        // Before the first interval there is no clock to hold it against.
        state.Check(v, Event(VehicleEventType.Departed, LatestMinute + 1)).ShouldBe(Refusal.None);
        BeginSlot(state, 0);
        state.Check(v, Event(VehicleEventType.Departed, LatestMinute)).ShouldBe(Refusal.None);
        state.Check(v, Event(VehicleEventType.Departed, LatestMinute + 1)).Reason.ShouldBe(DeadLetterReason.TimeAhead);
    }

    [Fact]
    public void Energy_delivered_in_an_interval_is_not_taken_for_energy_stored()
    {
        var state = new ShardState(0, FleetModel.Plain);
        int v = Register(state, 60_000, 30_000);
        VehicleEvent delivered = Event(VehicleEventType.DeliveryReported, 1) with { DeliveredWh = 700, PowerW = 4_200 };
        state.Check(v, in delivered).ShouldBe(Refusal.None);
        state.Apply(v, in delivered);
        (state.Columns.ReportedWh[v], state.Columns.EnergyMilliWh[v]).ShouldBe((30_000, 30_000_000));
    }

    [Fact]
    public void A_trips_use_is_taken_from_what_was_dispatched_and_from_Charge_Only_alike()
    {
        var state = new ShardState(0, FleetModel.Plain);
        int v = Register(state, 60_000, 30_000, V2gStrategy.WhenStaying);
        state.Apply(v, Event(VehicleEventType.PluggedIn, 0) with { MaxChargeW = 6_000, UnmanagedChargeW = 3_000, DeclaredDepartureMs = At(10) });
        BeginSlot(state, 0, (v, 6_000, At(30)));
        state.Apply(v, Event(VehicleEventType.Unplugged, 10));
        state.Apply(v, Event(VehicleEventType.Departed, 10) with { Place = PlaceKind.Home });
        state.Counters.ByPlace.ShouldBe([0, 0, 0, 0, 1]);
        // 6 kW and 3 kW for ten minutes: 900 and 450 Wh; the trip takes 2,000.
        state.Apply(v, Event(VehicleEventType.Arrived, 20) with { Place = PlaceKind.Work, EnergyUsedWh = 2_000 });
        (state.Columns.EnergyMilliWh[v], state.Columns.ChargeOnlyMilliWh[v], state.Columns.ReportedWh[v]).ShouldBe((28_900_000, 28_450_000, 28_000));
        state.Counters.ByPlace.ShouldBe([0, 0, 1, 0, 0]);
        state.Check(v, Event(VehicleEventType.PluggedIn, 20) with { MaxChargeW = 6_000 }).ShouldBe(Refusal.None);
        // The battery is never below empty.
        state.Apply(v, Event(VehicleEventType.Departed, 30));
        state.Apply(v, Event(VehicleEventType.Arrived, 40) with { EnergyUsedWh = 40_000 });
        (state.Columns.EnergyMilliWh[v], state.Columns.ChargeOnlyMilliWh[v]).ShouldBe((0, 0));
        state.Counters.ByPlace.ShouldBe([1, 0, 0, 0, 0]);
    }

    [Fact]
    public void A_plug_in_needs_an_energy_unless_something_told_it_since_the_vehicle_left()
    {
        var state = new ShardState(0, FleetModel.Plain);
        VehicleEvent plug = Event(VehicleEventType.PluggedIn, 9) with { MaxChargeW = 7_000 };
        int v = Register(state, 60_000, 30_000);
        state.Check(v, in plug).ShouldBe(Refusal.None);
        state.Apply(v, Event(VehicleEventType.Departed, 1) with { EnergyWh = 29_000 });
        state.Check(v, in plug).Reason.ShouldBe(DeadLetterReason.MissingField);
        state.Check(v, plug with { StateOfChargePpm = 1 }).ShouldBe(Refusal.None);
        state.Apply(v, Event(VehicleEventType.Arrived, 2) with { Place = PlaceKind.Work });
        state.Check(v, in plug).Reason.ShouldBe(DeadLetterReason.MissingField);
        state.Apply(v, Event(VehicleEventType.EnergyMetered, 3) with { EnergyWh = 25_000 });
        state.Check(v, in plug).ShouldBe(Refusal.None);
        state.Columns.ChargeOnlyMilliWh[v].ShouldBe(25_000_000);
        // Registered without an energy, nothing is known.
        int w = state.Add("w"u8);
        state.Apply(w, Event(VehicleEventType.Registered, 0) with { CapacityWh = 50_000 });
        state.Check(w, in plug).Reason.ShouldBe(DeadLetterReason.MissingField);
    }

    [Fact]
    public void A_vehicle_that_only_stands_by_draws_nothing_on_its_own_and_owes_its_driver_nothing_more()
    {
        var state = new ShardState(0, FleetModel.Plain);
        int v = Register(state, 60_000, 30_000, V2gStrategy.WhenStaying);
        state.Apply(v, Event(VehicleEventType.PluggedIn, 0) with { MaxChargeW = 7_000, MaxDischargeW = 7_000, UnmanagedChargeW = 0, DeclaredDepartureMs = At(60) });
        BeginSlot(state, 0);
        state.AdvanceTo(At(10));
        ShardSnapshot slot = state.Snapshot(At(10), 1);
        (slot.EnergyWh[0], slot.ChargeOnlyEnergyWh[0], slot.StandingW[0], slot.UnmanagedW[0], slot.MaxChargeW[0]).ShouldBe((30_000, 30_000, 0, 0, 7_000));
        (slot.SlotChargeOnlyKw, slot.SlotDispatchedKw).ShouldBe((0, 0));
        BeginSlot(state, 10, (v, -600, At(20)));
        state.Apply(v, Event(VehicleEventType.Unplugged, 15));
        state.Counters.DeparturesUnderPromise.ShouldBe(1);
    }

    [Fact]
    public void An_interval_sums_what_was_drawn_between_a_plug_in_and_an_unplug_in_its_middle()
    {
        var state = new ShardState(0, FleetModel.Plain);
        int v = Register(state, 60_000, 30_000);
        BeginSlot(state, 0);
        PlugIn(state, v, 3, 7_200, 30_000);
        state.Apply(v, Event(VehicleEventType.Unplugged, 8));
        state.AdvanceTo(At(10));
        ShardSnapshot slot = state.Snapshot(At(10), 1);
        // 7.2 kW for 5 of 10 minutes.
        slot.SlotDispatchedKw.ShouldBe(3.6, 1e-6);
        slot.SlotChargeOnlyKw.ShouldBe(3.6, 1e-6);
        (slot.PluggedCount, slot.Departures, slot.DeparturesUnderPromise, state.Counters.Plugged).ShouldBe((0, 1, 0, 0));
        // 7.2 kW · 5 min · 0.9 = 540 Wh; the unplug told no energy of its own, so what was reported stands.
        (state.Columns.EnergyMilliWh[v], state.Columns.ChargeOnlyMilliWh[v], state.Columns.ReportedWh[v]).ShouldBe((30_540_000, 30_540_000, 30_000));
    }

    [Fact]
    public void Sums_follow_setpoints_and_their_end_while_Charge_Only_goes_on_until_full()
    {
        var state = new ShardState(0, FleetModel.Plain);
        int v = Register(state, 60_000, 59_000, V2gStrategy.WhenStaying);
        PlugIn(state, v, 0, 10_000, 59_000, 300);
        BeginSlot(state, 0, (v, -6_000, At(5)));
        state.Counters.Discharging.ShouldBe(1);
        state.AdvanceTo(At(10));
        ShardSnapshot slot = state.Snapshot(At(10), 1);
        // 5 min at −6 kW, then 5 min at 10 kW.
        slot.SlotDispatchedKw.ShouldBe((-6.0 + 10.0) / 2, 1e-3);
        // 1 kWh until full is 1.111 kWh from the grid.
        slot.SlotChargeOnlyKw.ShouldBe(1.0 / 0.9 * 6, 1e-3);
        slot.EnergyWh[0].ShouldBe((int)(59_000 - (500 / 0.9) + 750));
        (slot.ChargeOnlyEnergyWh[0], slot.StandingW[0], slot.SetpointUntilMs[0]).ShouldBe((60_000, 10_000, 0));
        BeginSlot(state, 10);
        state.Apply(v, Event(VehicleEventType.Unplugged, 12));
        (state.Counters.Departures, state.Counters.DeparturesUnderPromise).ShouldBe((1, 1));
    }

    [Fact]
    public void A_second_interval_starts_from_nothing()
    {
        var state = new ShardState(0, FleetModel.Plain);
        int v = Register(state, 60_000, 10_000);
        PlugIn(state, v, -30, 6_000, 10_000);
        BeginSlot(state, 0);
        state.AdvanceTo(At(10));
        state.Snapshot(At(10), 1).SlotDispatchedKw.ShouldBe(6.0, 1e-6);
        BeginSlot(state, 10);
        state.Snapshot(At(10), 1).SlotDispatchedKw.ShouldBe(0);
        state.AdvanceTo(At(20));
        ShardSnapshot slot = state.Snapshot(At(20), 1);
        (slot.SlotDispatchedKw, slot.SlotChargeOnlyKw).ShouldBe((6.0, 6.0));
        // From plug-in, 30 minutes before the first interval: 50 min · 6 kW · 0.9.
        slot.EnergyWh[0].ShouldBe(14_500);
    }

    [Fact]
    public void A_meter_reading_replaces_the_estimate_and_a_rejected_setpoint_ends()
    {
        var state = new ShardState(0, FleetModel.Plain);
        int v = Register(state, 60_000, 30_000, V2gStrategy.WhenCharging);
        PlugIn(state, v, 0, 6_000, 30_000, 300);
        BeginSlot(state, 0, (v, 0, At(30)));
        state.Apply(v, Event(VehicleEventType.EnergyMetered, 2) with { StateOfChargePpm = 250_000 });
        state.Columns.ReportedWh[v].ShouldBe(15_000);
        state.Apply(v, Event(VehicleEventType.SetpointRejected, 5));
        state.AdvanceTo(At(10));
        ShardSnapshot slot = state.Snapshot(At(10), 1);
        slot.EnergyWh[0].ShouldBe(15_450);
        slot.SlotDispatchedKw.ShouldBe(3.0, 1e-6);
        slot.SlotChargeOnlyKw.ShouldBe(6.0, 1e-6);
    }

    [Fact]
    public void Available_counts_vehicles_that_are_plugged_in_consent_and_have_a_departure()
    {
        var state = new ShardState(0, FleetModel.Plain);
        int a = Register(state, 60_000, 1, V2gStrategy.WhenStaying, "a"), b = Register(state, 60_000, 1, V2gStrategy.ChargeOnly, "b"), c = Register(state, 60_000, 1, V2gStrategy.WhenStaying, "c");
        PlugIn(state, a, 0, 7_000, 1, 60);
        PlugIn(state, b, 0, 7_000, 1, 60);
        PlugIn(state, c, 0, 7_000, 1);
        (state.Counters.Plugged, state.Counters.Available).ShouldBe((3, 1));
        state.Apply(b, Event(VehicleEventType.ConsentChanged, 1) with { Consent = V2gStrategy.WhenCharging });
        state.Counters.Available.ShouldBe(2);
        state.Apply(a, Event(VehicleEventType.ConsentChanged, 2) with { Consent = V2gStrategy.ChargeOnly });
        state.Counters.Available.ShouldBe(1);
        foreach (int v in new[] { a, b, c }) state.Apply(v, Event(VehicleEventType.Unplugged, 3));
        (state.Counters.Plugged, state.Counters.Available).ShouldBe((0, 0));
        // Unplugged vehicles may change their mind too.
        state.Apply(a, Event(VehicleEventType.ConsentChanged, 4) with { Consent = V2gStrategy.WhenStaying });
        state.Counters.Available.ShouldBe(0);
    }

    [Fact]
    public void What_the_grid_gave_over_a_day_of_random_stays_is_what_the_batteries_hold_and_the_losses()
    {
        var random = new Random(77);
        var state = new ShardState(0, FleetModel.Plain);
        int[] vehicles = [.. Enumerable.Range(0, 30).Select(n => Register(state, 50_000, 25_000, V2gStrategy.WhenStaying, $"v{n}"))];
        double slotsKwh = 0, stored = 0;
        var before = new int[vehicles.Length];
        for (int slot = 0; slot < 144; slot++)
        {
            BeginSlot(state, slot * 10, [.. vehicles.Where(v => state.Columns.IsPlugged(v) && random.Next(3) == 0).Select(v => (v, random.Next(0, 3_501), At((slot + random.Next(1, 4)) * 10)))]);
            foreach (int v in vehicles)
            {
                if (random.Next(20) > 0) continue;
                int minute = (slot * 10) + random.Next(0, 10);
                if (state.Columns.IsPlugged(v))
                {
                    state.Apply(v, Event(VehicleEventType.Unplugged, minute));
                    stored += (state.Columns.EnergyMilliWh[v] / 1000.0) - before[v];
                }
                else
                {
                    before[v] = random.Next(0, 50_001);
                    PlugIn(state, v, minute, random.Next(1, 4) * 3_500, before[v], minute + 600);
                }
            }
            state.AdvanceTo(At((slot + 1) * 10));
            slotsKwh += state.Snapshot(At((slot + 1) * 10), 1).SlotDispatchedKw * Slots.Hours;
        }
        foreach (int v in vehicles)
        {
            if (state.Columns.IsPlugged(v)) stored += (state.Columns.EnergyMilliWh[v] / 1000.0) - before[v];
        }
        // Only charging here, so nine tenths of it are in the batteries, to the rounding of 1/1,000 Wh a step.
        (slotsKwh * 0.9).ShouldBe(stored / 1000, 0.05);
        slotsKwh.ShouldBeGreaterThan(500);
    }

    private static long At(int minute) => Start + (minute * Minute);

    private static VehicleEvent Event(VehicleEventType type, int minute) => new() { Type = type, OccurredAtMs = At(minute) };

    private static int Register(ShardState state, int capacityWh, int energyWh, V2gStrategy consent = V2gStrategy.ChargeOnly, string id = "v")
    {
        int v = state.Add(System.Text.Encoding.UTF8.GetBytes(id));
        state.Apply(v, new VehicleEvent { Type = VehicleEventType.Registered, OccurredAtMs = At(-1000), CapacityWh = capacityWh, EnergyWh = energyWh, Consent = consent });
        return v;
    }

    private static void PlugIn(ShardState state, int v, int minute, int maxChargeW, int energyWh, int? departureMinute = null) =>
        state.Apply(v, Event(VehicleEventType.PluggedIn, minute) with
        {
            MaxChargeW = maxChargeW, MaxDischargeW = maxChargeW, EnergyWh = energyWh, DeclaredDepartureMs = departureMinute is { } d ? At(d) : null,
        });

    private static void BeginSlot(ShardState state, int minute, params (int Vehicle, int PowerW, long UntilMs)[] setpoints)
    {
        state.AdvanceTo(At(minute));
        foreach (var group in setpoints.GroupBy(s => s.UntilMs))
            state.Apply(new SetpointBatch(0, At(minute), group.Key, [.. group.Select(s => s.Vehicle)], [.. group.Select(s => s.PowerW)]));
        if (setpoints.Length == 0) state.Apply(new SetpointBatch(0, At(minute), At(minute), [], []));
    }
}
