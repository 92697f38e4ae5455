using Movc.Domain.Dispatch;
using Movc.Domain.Events;
using Movc.Domain.Fleet;
using Movc.Domain.Time;
using Movc.TwinState.Shards;

namespace Movc.TwinState.Tests.Shards;

/// <summary>Latest state moves only forward in event time, aspect by aspect; the rest is history.</summary>
public sealed class EventTimeTests
{
    private const long Start = 1_658_102_400_000;
    private const long Minute = 60_000;

    [Fact]
    public void Told_in_any_order_a_vehicles_events_come_to_the_same_reported_state()
    {
        // With trips that tell their use, between readings: uses add up, a reading holds what came before it.
        VehicleEvent[] events =
        [
            At(VehicleEventType.PluggedIn, 10) with { MaxChargeW = 7_000, EnergyWh = 30_000 },
            At(VehicleEventType.Unplugged, 100),
            At(VehicleEventType.Departed, 101),
            At(VehicleEventType.Arrived, 130) with { Place = PlaceKind.Work, EnergyUsedWh = 4_000 },
            At(VehicleEventType.ConsentChanged, 140) with { Consent = V2gStrategy.WhenStaying },
            At(VehicleEventType.ConsentChanged, 150) with { Consent = V2gStrategy.WhenCharging },
            At(VehicleEventType.LocationReported, 160) with { LatitudeE7 = 5, LongitudeE7 = 6 },
        ];
        UInt128? expected = null;
        int orders = 0;
        foreach (VehicleEvent[] order in Orders(events))
        {
            // Those that contradict what came before would wait; here they come until they are taken.
            var state = new ShardState(0, FleetModel.Plain);
            int v = Register(state);
            var waiting = new List<VehicleEvent>();
            foreach (VehicleEvent e in order)
            {
                waiting.Add(e);
                for (bool again = true; again;)
                {
                    again = false;
                    foreach (VehicleEvent put in waiting.OrderBy(w => w.OccurredAtMs).ToList())
                    {
                        if (state.Check(v, in put).IsRefused) continue;
                        waiting.Remove(put);
                        state.Apply(v, in put);
                        again = true;
                        break;
                    }
                }
            }
            waiting.ShouldBeEmpty();
            expected ??= state.Hash();
            state.Hash().ShouldBe(expected.Value, string.Join(' ', order.Select(e => e.OccurredAtMs - Start)));
            (state.Columns.ReportedWh[v], state.Columns.Consent[v], state.Columns.LatitudeE7[v], state.Columns.Place[v]).ShouldBe((26_000, V2gStrategy.WhenCharging, 5, PlaceKind.Work));
            state.Counters.ByPlace.Sum().ShouldBe(1);
            (state.Counters.Plugged, state.Counters.Available).ShouldBe((0, 0));
            orders++;
        }
        orders.ShouldBe(5040);
        expected.ShouldNotBe(new ShardState(0, FleetModel.Plain).Hash());
    }

    [Fact]
    public void A_departure_unplugs_whoever_forgot_to_tell_it_and_a_late_plug_in_before_it_changes_nothing()
    {
        var state = new ShardState(0, FleetModel.Plain);
        int v = Register(state);
        state.Apply(v, At(VehicleEventType.PluggedIn, 10) with { MaxChargeW = 7_000, DeclaredDepartureMs = Start + (90 * Minute) });
        state.Apply(v, At(VehicleEventType.Departed, 80));
        (state.Columns.IsPlugged(v), state.Columns.IsDriving(v), state.Counters.Departures).ShouldBe((false, true, 1));
        state.Apply(v, At(VehicleEventType.PluggedIn, 70) with { MaxChargeW = 7_000, EnergyWh = 1 });
        (state.Columns.IsPlugged(v), state.Columns.Version[v], state.Columns.LastEventMs[v]).ShouldBe((false, 4, Start + (80 * Minute)));
    }

    [Fact]
    public void A_late_unplug_takes_back_what_the_estimate_had_the_vehicle_draw_since()
    {
        var state = new ShardState(0, FleetModel.Plain);
        int v = Register(state);
        Begin(state, 0);
        state.Apply(v, At(VehicleEventType.PluggedIn, 0) with { MaxChargeW = 6_000, EnergyWh = 30_000 });
        Begin(state, 10);
        double drawn = state.Columns.EnergyMilliWh[v] - 30_000_000;
        state.Apply(v, At(VehicleEventType.Unplugged, 5));
        (state.Columns.EnergyMilliWh[v] - 30_000_000.0).ShouldBe(drawn / 2, 2);
    }

    [Fact]
    public void A_late_reading_corrects_the_estimate_while_it_is_fresh_and_is_history_for_it_later()
    {
        var state = new ShardState(0, FleetModel.Plain);
        int v = Register(state);
        Begin(state, 0);
        state.Apply(v, At(VehicleEventType.PluggedIn, 0) with { MaxChargeW = 6_000, EnergyWh = 30_000 });
        Begin(state, 10);
        int believed = state.Columns.EnergyMilliWh[v];
        double sum = state.Energy.DispatchedWh;
        // At minute 5 it held 1 kWh more than believed: so it does at minute 10, and nothing more was drawn in the interval.
        int atFive = (int)((30_000_000 + ((believed - 30_000_000) / 2.0)) / 1000);
        state.Apply(v, At(VehicleEventType.EnergyMetered, 5) with { EnergyWh = atFive + 1000 });
        ((double)state.Columns.EnergyMilliWh[v]).ShouldBe(believed + 1_000_000, 1000);
        state.Energy.DispatchedWh.ShouldBe(sum);
        for (int minute = 20; minute <= 60; minute += 10) Begin(state, minute);
        believed = state.Columns.EnergyMilliWh[v];
        state.Apply(v, At(VehicleEventType.EnergyMetered, 15) with { EnergyWh = 10 });
        (state.Columns.EnergyMilliWh[v], state.Columns.ReportedWh[v]).ShouldBe((believed, 10));
    }

    [Fact]
    public void The_refusal_of_a_setpoint_of_an_interval_that_is_over_leaves_the_present_one_standing()
    {
        var state = new ShardState(0, FleetModel.Plain);
        int v = Register(state);
        state.Apply(v, At(VehicleEventType.PluggedIn, 0) with { MaxChargeW = 6_000, EnergyWh = 30_000, DeclaredDepartureMs = Start + (600 * Minute) });
        Begin(state, 10, (v, 3_000));
        state.Apply(v, At(VehicleEventType.SetpointRejected, 9));
        state.Columns.SetpointUntilMs[v].ShouldBe(Start + (20 * Minute));
        state.Apply(v, At(VehicleEventType.SetpointRejected, 11));
        state.Columns.SetpointUntilMs[v].ShouldBe(0);
    }

    [Fact]
    public void The_least_delay_of_the_last_hours_tells_how_far_a_clock_is_ahead()
    {
        var skew = new ClockSkew();
        skew.AheadMs.ShouldBeNull();
        for (int n = 0; n < 60; n++) skew.Add(Start + (n * Minute) + 90_000 - (n % 7 * 1000), Start + (n * Minute));
        skew.AheadMs.ShouldBe(90_000);
        // Set right, it is believed after the hours that still remember it.
        for (int n = 60; n < 200; n++) skew.Add(Start + (n * Minute) - 2000, Start + (n * Minute));
        skew.AheadMs.ShouldBe(-2000);
    }

    private static int Register(ShardState state)
    {
        int v = state.Add("v"u8);
        state.Apply(v, At(VehicleEventType.Registered, -100) with { CapacityWh = 60_000, EnergyWh = 30_000 });
        return v;
    }

    private static void Begin(ShardState state, int minute, params (int Vehicle, int PowerW)[] setpoints)
    {
        long atMs = Start + (minute * Minute);
        state.AdvanceTo(atMs);
        state.Apply(new SetpointBatch(0, atMs, atMs + Slots.Ms, [.. setpoints.Select(s => s.Vehicle)], [.. setpoints.Select(s => s.PowerW)]));
    }

    private static VehicleEvent At(VehicleEventType type, int minute) => new() { Type = type, OccurredAtMs = Start + (minute * Minute) };

    private static IEnumerable<VehicleEvent[]> Orders(VehicleEvent[] events) => events.Length <= 1
        ? [events]
        : Enumerable.Range(0, events.Length).SelectMany(i => Orders([.. events[..i], .. events[(i + 1)..]]).Select(rest => (VehicleEvent[])[events[i], .. rest]));
}
