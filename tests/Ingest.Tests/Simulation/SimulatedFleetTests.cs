using System.Globalization;
using Movc.Domain.Events;
using Movc.Domain.Fleet;
using Movc.Domain.Simulation;
using Movc.Ingest.Simulation;

namespace Movc.Ingest.Tests.Simulation;

public sealed class SimulatedFleetTests
{
    private const int Vehicles = 120;

    public static TheoryData<long, long> SeedsAndStarts => new()
    {
        { 1, 0 },
        { 2, 8 * Fleets.HourMs },
        { 3, (4 * Fleets.DayMs) + (17 * Fleets.HourMs) + (30 * Fleets.MinuteMs) },
        { -9, (6 * Fleets.DayMs) + (23 * Fleets.HourMs) + (50 * Fleets.MinuteMs) },
    };

    [Theory, MemberData(nameof(SeedsAndStarts))]
    public void Every_vehicles_events_are_the_models_life_of_it(long seed, long startAfterMs)
    {
        SimulatedFleet fleet = Fleets.Fleet(Vehicles, seed, Fleets.MondayMs + startAfterMs);
        PeopleModel people = Fleets.People();
        // Beyond the first week, so that lives are taken up again.
        foreach ((int vehicle, List<VehicleEvent> events) in ByVehicle(Fleets.Run(fleet, 9))) VehicleStory.Check(vehicle, seed, events, fleet.StartMs, people);
    }

    [Theory]
    [InlineData(VehicleEventType.Arrived, 2_000, 0)]
    [InlineData(VehicleEventType.Unplugged, 0, 1_000)]
    [InlineData(VehicleEventType.Departed, 0, 600_000)]
    [InlineData(VehicleEventType.Arrived, 0, 700_000)]
    public void The_check_of_a_story_finds_a_planted_fault(VehicleEventType type, int usedWh, long ms)
    {
        SimulatedFleet fleet = Fleets.Fleet(40, 1, gamma: 2);
        (int vehicle, List<VehicleEvent> events) = ByVehicle(Fleets.Run(fleet, 9)).First(v => v.Events.Count(e => e.Type == VehicleEventType.Unplugged) > 20);
        VehicleStory.Check(vehicle, 1, events, fleet.StartMs, Fleets.People(2));
        int at = events.FindIndex(6, e => e.Type == type);
        VehicleEvent kept = events[at];
        for (int n = at; n < events.Count; n++)
        {
            // A trip that took more than was told makes every later energy too high, and the next check of a departure fails.
            if (usedWh > 0 && events[n].EnergyUsedWh is { } used) events[n] = events[n] with { EnergyUsedWh = used + usedWh };
        }
        if (ms != 0) events[at] = events[at] with { OccurredAtMs = events[at].OccurredAtMs + ms };
        Should.Throw<ShouldAssertException>(() => VehicleStory.Check(vehicle, 1, events, fleet.StartMs, Fleets.People(2)));
        events[at] = kept;
        events.RemoveAt(at);
        Should.Throw<ShouldAssertException>(() => VehicleStory.Check(vehicle, 1, events, fleet.StartMs, Fleets.People(2)));
    }

    [Theory, MemberData(nameof(SeedsAndStarts))]
    public void Events_are_in_time_order_then_by_vehicle(long seed, long startAfterMs)
    {
        SimulatedFleet fleet = Fleets.Fleet(Vehicles, seed, Fleets.MondayMs + startAfterMs);
        var list = new EventList();
        fleet.Play(fleet.StartMs, fleet.StartMs + (8 * Fleets.DayMs), list);
        list.Events.Count.ShouldBeGreaterThan(Vehicles * 40);
        for (int i = 1; i < list.Events.Count; i++)
        {
            var (vehicle, e) = list.Events[i - 1];
            var (nextVehicle, next) = list.Events[i];
            next.OccurredAtMs.ShouldBeGreaterThanOrEqualTo(e.OccurredAtMs);
            if (next.OccurredAtMs == e.OccurredAtMs) string.CompareOrdinal(nextVehicle, vehicle).ShouldBeGreaterThanOrEqualTo(0);
        }
        list.Events[0].Event.OccurredAtMs.ShouldBeGreaterThanOrEqualTo(fleet.StartMs);
    }

    [Fact]
    public void A_start_in_the_rush_hour_finds_vehicles_at_home_on_the_way_and_at_work()
    {
        SimulatedFleet fleet = Fleets.Fleet(5_000, 7, Fleets.MondayMs + (8 * Fleets.HourMs));
        var list = new EventList();
        fleet.PlayInitial(list);
        var lastFacts = list.Events.GroupBy(e => e.Vehicle, e => e.Event, StringComparer.Ordinal).Select(g => g.Last()).ToList();
        lastFacts.Count.ShouldBe(5_000);
        lastFacts.ShouldAllBe(e => e.OccurredAtMs < fleet.StartMs);
        lastFacts.Count(e => e is { Type: VehicleEventType.Arrived or VehicleEventType.PluggedIn, Place: PlaceKind.Home }).ShouldBeGreaterThan(2_000);
        lastFacts.Count(e => e is { Type: VehicleEventType.Arrived or VehicleEventType.PluggedIn, Place: PlaceKind.Work }).ShouldBeGreaterThan(600);
        lastFacts.Count(e => e.Type == VehicleEventType.Departed).ShouldBeGreaterThan(100);
        // Nobody is told to stand somewhere and to have left.
        list.Events.GroupBy(e => e.Vehicle, StringComparer.Ordinal).ShouldAllBe(g => g.Count() <= 3);
    }

    [Theory]
    [InlineData(1 * Fleets.MinuteMs, 1.2)]
    [InlineData(6 * Fleets.HourMs, 8)]
    [InlineData((3 * Fleets.DayMs) + 123_457, 16)]
    public void Cutting_time_into_calls_changes_nothing(long stepMs, double days)
    {
        SimulatedFleet whole = Fleets.Fleet(200, 3), cut = Fleets.Fleet(200, 3);
        long endMs = whole.StartMs + (long)(days * Fleets.DayMs);
        EventList expected = new(), actual = new();
        whole.Play(whole.StartMs, endMs, expected);
        for (long at = cut.StartMs; at < endMs; at += stepMs) cut.Play(at, Math.Min(endMs, at + stepMs), actual);
        actual.Events.ShouldBe(expected.Events);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(17)]
    [InlineData(60)]
    public void A_restart_at_a_later_instant_emits_exactly_what_an_undisturbed_run_does(int afterDays)
    {
        SimulatedFleet undisturbed = Fleets.Fleet(150, 11), restarted = Fleets.Fleet(150, 11);
        long fromMs = undisturbed.StartMs + (afterDays * Fleets.DayMs) + (7 * Fleets.HourMs) + (50 * Fleets.MinuteMs);
        EventList expected = new(), actual = new();
        undisturbed.Play(undisturbed.StartMs, fromMs, new EventList());
        undisturbed.Play(fromMs, fromMs + (4 * Fleets.DayMs), expected);
        restarted.PlayInitial(new EventList());
        restarted.Play(fromMs, fromMs + (4 * Fleets.DayMs), actual);
        actual.Events.ShouldBe(expected.Events);
        actual.Events.Count.ShouldBeGreaterThan(150 * 15);
    }

    [Fact]
    public void A_vehicle_does_the_same_whatever_the_size_of_its_fleet()
    {
        EventList small = Fleets.Run(Fleets.Fleet(20, 9), 2), large = Fleets.Run(Fleets.Fleet(5_000, 9), 2);
        large.Events.Where(e => string.CompareOrdinal(e.Vehicle, "SZ-000020") < 0).ShouldBe(small.Events);
        Fleets.Run(Fleets.Fleet(20, 10), 2).Events.ShouldNotBe(small.Events);
    }

    [Fact]
    public void A_cancelled_call_leaves_the_fleet_whole()
    {
        SimulatedFleet cancelled = Fleets.Fleet(50, 2), calm = Fleets.Fleet(50, 2);
        cancelled.Play(cancelled.StartMs, cancelled.StartMs + Fleets.DayMs, new EventList());
        long fromMs = cancelled.StartMs + (7 * Fleets.DayMs);
        Should.Throw<OperationCanceledException>(() => cancelled.Emit(fromMs, fromMs + Fleets.DayMs, new EventList(), new CancellationToken(canceled: true)));
        EventList expected = new(), actual = new();
        calm.Play(fromMs, fromMs + Fleets.DayMs, expected);
        cancelled.Play(fromMs, fromMs + Fleets.DayMs, actual);
        actual.Events.ShouldBe(expected.Events);
    }

    [Fact]
    public void Who_consents_to_nothing_is_plugged_in_only_to_charge()
    {
        EventList none = Fleets.Run(Fleets.Fleet(400, 5, gamma: 0), 3);
        none.Events.Count(e => e.Event is { Type: VehicleEventType.Registered, Consent: not V2gStrategy.ChargeOnly }).ShouldBeLessThan(40);
        EventList all = Fleets.Run(Fleets.Fleet(400, 5, gamma: 50), 3);
        all.Events.ShouldAllBe(e => e.Event.Type != VehicleEventType.Registered || e.Event.Consent == V2gStrategy.WhenStaying);
        Count(all, VehicleEventType.PluggedIn).ShouldBe(Count(all, VehicleEventType.Arrived));
        Count(none, VehicleEventType.PluggedIn).ShouldBeLessThan(Count(none, VehicleEventType.Arrived) / 2);
        // Who drives where does not depend on who is paid.
        Moves(none).ShouldBe(Moves(all));
    }

    [Fact]
    public void Ids_have_seven_digits_where_six_are_too_few()
    {
        var few = new EventList();
        Fleets.Fleet(2, 1).PlayInitial(few);
        few.Events.Select(e => e.Vehicle).Distinct(StringComparer.Ordinal).ShouldBe(["SZ-000000", "SZ-000001"]);
        new VehicleIds("SZ-", 1_000_000).Of(999_999).ShouldBe("SZ-999999");
        var many = new VehicleIds("SZ-", 1_000_001);
        (many.Of(7), many.Of(1_000_000), many.Length).ShouldBe(("SZ-0000007", "SZ-1000000", 10));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(SimulatedFleet.MaxVehicles + 1)]
    public void A_fleet_outside_its_range_is_refused(int vehicles) =>
        Should.Throw<ArgumentOutOfRangeException>(() => Fleets.Fleet(vehicles, 1));

    private static int Count(EventList list, VehicleEventType type) => list.Events.Count(e => e.Event.Type == type);

    private static IEnumerable<(string, long, VehicleEventType)> Moves(EventList list) =>
        list.Events.Where(e => e.Event.Type is VehicleEventType.Departed or VehicleEventType.Arrived).Select(e => (e.Vehicle, e.Event.OccurredAtMs, e.Event.Type));

    private static List<(int Vehicle, List<VehicleEvent> Events)> ByVehicle(EventList list) =>
        [.. list.Events.GroupBy(e => e.Vehicle, e => e.Event, StringComparer.Ordinal).Select(g => (int.Parse(g.Key["SZ-".Length..], CultureInfo.InvariantCulture), g.ToList()))];
}
