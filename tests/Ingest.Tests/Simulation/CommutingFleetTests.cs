using Movc.Domain.Events;
using Movc.Ingest.Simulation;

namespace Movc.Ingest.Tests.Simulation;

public sealed class CommutingFleetTests
{
    private const int Vehicles = 400;
    private const double Days = 9.5;

    public static TheoryData<long, long> SeedsAndStarts => new()
    {
        { 1, 0 },
        { 5, 13 * Fleets.HourMs + 40 * Fleets.MinuteMs },
        { -77, 4 * Fleets.DayMs + 8 * Fleets.HourMs },
        { long.MaxValue, 5 * Fleets.DayMs + 23 * Fleets.HourMs + 50 * Fleets.MinuteMs },
    };

    [Theory, MemberData(nameof(SeedsAndStarts))]
    public void Every_event_passes_the_rules_and_every_vehicle_tells_a_story_without_contradiction(long seed, long startAfterMs)
    {
        CommutingFleet fleet = Fleets.Fleet(Vehicles, seed, Fleets.MondayMs + startAfterMs);
        EventList list = Fleets.Run(fleet, Days);

        var byVehicle = list.Events.GroupBy(e => e.Vehicle, e => e.Event, StringComparer.Ordinal).ToList();
        byVehicle.Count.ShouldBe(Vehicles);
        foreach (var vehicle in byVehicle) VehicleStory.Check(vehicle.Key, [.. vehicle], fleet.StartMs);
        list.Events.Count.ShouldBeGreaterThan(Vehicles * 30);
    }

    [Theory]
    [InlineData(VehicleEventType.Unplugged, 1, 0)]
    [InlineData(VehicleEventType.Unplugged, 0, 1_000)]
    [InlineData(VehicleEventType.Arrived, -7, 0)]
    [InlineData(VehicleEventType.PluggedIn, 5, 0)]
    [InlineData(VehicleEventType.Departed, 0, -86_400_000)]
    public void The_check_of_a_story_finds_a_planted_fault(VehicleEventType type, int energyWh, long ms)
    {
        CommutingFleet fleet = Fleets.Fleet(1, 1);
        List<VehicleEvent> events = [.. Fleets.Run(fleet, Days).Events.Select(e => e.Event)];
        VehicleStory.Check("sound", events, fleet.StartMs);
        int at = events.FindLastIndex(events.Count - 3, e => e.Type == type);
        events[at] = events[at] with { EnergyWh = events[at].EnergyWh + energyWh, OccurredAtMs = events[at].OccurredAtMs + ms };
        Should.Throw<ShouldAssertException>(() => VehicleStory.Check("faulty", events, fleet.StartMs));
        events.RemoveAt(at);
        Should.Throw<ShouldAssertException>(() => VehicleStory.Check("gap", events, fleet.StartMs));
    }

    [Fact]
    public void Work_that_ends_after_midnight_is_carried_into_the_next_day()
    {
        CommutingFleet fleet = Fleets.Fleet(20_000, 7);
        var list = new EventList();
        long midnightMs = fleet.StartMs + Fleets.DayMs;
        fleet.Play(midnightMs, midnightMs + 3 * Fleets.HourMs, list);
        // Whoever comes home without having left home today began the tour yesterday.
        var home = list.Events.Where(e => e.Event is { Type: VehicleEventType.Arrived, Place: PlaceKind.Home }).Select(e => e.Vehicle).ToHashSet(StringComparer.Ordinal);
        home.ExceptWith(list.Events.Where(e => e.Event is { Type: VehicleEventType.Departed, Place: PlaceKind.Home }).Select(e => e.Vehicle));
        home.Count.ShouldBeGreaterThan(20);
    }

    [Fact]
    public void A_start_in_the_rush_hour_finds_vehicles_at_home_on_the_way_and_at_work()
    {
        CommutingFleet fleet = Fleets.Fleet(5_000, 7, Fleets.MondayMs + 8 * Fleets.HourMs);
        var list = new EventList();
        fleet.PlayInitial(list);
        var lastFacts = list.Events.GroupBy(e => e.Vehicle, e => e.Event, StringComparer.Ordinal).Select(g => g.Last()).ToList();
        lastFacts.Count.ShouldBe(5_000);
        lastFacts.ShouldAllBe(e => e.OccurredAtMs < fleet.StartMs);
        lastFacts.Count(e => e is { Type: VehicleEventType.PluggedIn, Place: PlaceKind.Home }).ShouldBeGreaterThan(1_000);
        lastFacts.Count(e => e is { Type: VehicleEventType.PluggedIn, Place: PlaceKind.Work }).ShouldBeGreaterThan(300);
        lastFacts.Count(e => e is { Type: VehicleEventType.Arrived, Place: PlaceKind.Work }).ShouldBeGreaterThan(300);
        lastFacts.Count(e => e is { Type: VehicleEventType.Departed, Place: PlaceKind.Home }).ShouldBeGreaterThan(300);
        // Nobody is told to stand at home and to have left.
        list.Events.GroupBy(e => e.Vehicle, StringComparer.Ordinal).ShouldAllBe(g => g.Count(e => e.Event.Type == VehicleEventType.PluggedIn) <= 1);
    }

    [Theory, MemberData(nameof(SeedsAndStarts))]
    public void Events_are_in_time_order_then_by_vehicle(long seed, long startAfterMs)
    {
        CommutingFleet fleet = Fleets.Fleet(Vehicles, seed, Fleets.MondayMs + startAfterMs);
        var list = new EventList();
        fleet.Play(fleet.StartMs, fleet.StartMs + 3 * Fleets.DayMs, list);
        for (int i = 1; i < list.Events.Count; i++)
        {
            var (vehicle, e) = list.Events[i - 1];
            var (nextVehicle, next) = list.Events[i];
            next.OccurredAtMs.ShouldBeGreaterThanOrEqualTo(e.OccurredAtMs);
            if (next.OccurredAtMs == e.OccurredAtMs) string.CompareOrdinal(nextVehicle, vehicle).ShouldBeGreaterThanOrEqualTo(0);
        }
    }

    [Theory]
    [InlineData(1 * Fleets.MinuteMs, 1.2)]
    [InlineData(6 * Fleets.HourMs, 8)]
    [InlineData(3 * Fleets.DayMs + 123_457, 9)]
    public void Cutting_time_into_calls_changes_nothing(long stepMs, double days)
    {
        CommutingFleet whole = Fleets.Fleet(200, 3), cut = Fleets.Fleet(200, 3);
        long endMs = whole.StartMs + (long)(days * Fleets.DayMs);
        EventList expected = new(), actual = new();
        whole.Play(whole.StartMs, endMs, expected);
        for (long at = cut.StartMs; at < endMs; at += stepMs) cut.Play(at, Math.Min(endMs, at + stepMs), actual);
        actual.Events.ShouldBe(expected.Events);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(17)]
    [InlineData(45)]
    public void A_restart_at_a_later_instant_emits_exactly_what_an_undisturbed_run_does(int afterDays)
    {
        CommutingFleet undisturbed = Fleets.Fleet(300, 11), restarted = Fleets.Fleet(300, 11);
        long fromMs = undisturbed.StartMs + afterDays * Fleets.DayMs + 7 * Fleets.HourMs + 50 * Fleets.MinuteMs;
        EventList expected = new(), actual = new();
        undisturbed.Play(undisturbed.StartMs, fromMs, new EventList());
        undisturbed.Play(fromMs, fromMs + 4 * Fleets.DayMs, expected);
        restarted.Play(fromMs, fromMs + 4 * Fleets.DayMs, actual);
        actual.Events.ShouldBe(expected.Events);
    }

    [Fact]
    public void A_restart_is_exact_where_batteries_hardly_fill_overnight()
    {
        // Three times the battery at half the power: nights no longer fill it, and the state reaches back over many days.
        var city = Fleets.Shenzhen with
        {
            Models = Fleets.Shenzhen.Models.Select(m => m with { CapacityWh = 3 * m.CapacityWh, AcPowerW = m.AcPowerW / 2 }).ToArray(),
        };
        CommutingFleet undisturbed = Fleets.Fleet(150, 4, city: city), restarted = Fleets.Fleet(150, 4, city: city);
        long fromMs = undisturbed.StartMs + 12 * Fleets.DayMs;
        EventList expected = new(), actual = new();
        undisturbed.Play(undisturbed.StartMs, fromMs, new EventList());
        undisturbed.Play(fromMs, fromMs + 3 * Fleets.DayMs, expected);
        restarted.Play(fromMs, fromMs + 3 * Fleets.DayMs, actual);
        actual.Events.ShouldBe(expected.Events);
    }

    [Fact]
    public void A_vehicle_does_the_same_whatever_the_size_of_its_fleet()
    {
        EventList small = Fleets.Run(Fleets.Fleet(20, 9), 2), large = Fleets.Run(Fleets.Fleet(500, 9), 2);
        large.Events.Where(e => string.CompareOrdinal(e.Vehicle, "SZ-000020") < 0).ShouldBe(small.Events);
    }

    [Fact]
    public void Another_seed_is_another_fleet()
    {
        Fleets.Run(Fleets.Fleet(20, 9), 2).Events.ShouldNotBe(Fleets.Run(Fleets.Fleet(20, 10), 2).Events);
    }

    [Fact]
    public void A_cancelled_call_leaves_the_fleet_whole()
    {
        CommutingFleet cancelled = Fleets.Fleet(50, 2), calm = Fleets.Fleet(50, 2);
        cancelled.Play(cancelled.StartMs, cancelled.StartMs + Fleets.DayMs, new EventList());
        Should.Throw<OperationCanceledException>(() =>
            cancelled.Emit(cancelled.StartMs + Fleets.DayMs, cancelled.StartMs + 2 * Fleets.DayMs, new EventList(), new CancellationToken(canceled: true)));
        EventList expected = new(), actual = new();
        calm.Play(calm.StartMs + Fleets.DayMs, calm.StartMs + 2 * Fleets.DayMs, expected);
        cancelled.Play(calm.StartMs + Fleets.DayMs, calm.StartMs + 2 * Fleets.DayMs, actual);
        actual.Events.ShouldBe(expected.Events);
    }

    [Fact]
    public void Tours_that_the_battery_cannot_hold_are_left_out_and_counted()
    {
        var city = Fleets.Shenzhen with { Models = [new("Tiny", 3_000, 3_000, 0, 1)] };
        CommutingFleet fleet = Fleets.Fleet(Vehicles, 6, city: city);
        EventList list = Fleets.Run(fleet, 5);
        fleet.ToursWithoutEnergy.ShouldBeGreaterThan(0);
        foreach (var vehicle in list.Events.GroupBy(e => e.Vehicle, e => e.Event, StringComparer.Ordinal))
            VehicleStory.Check(vehicle.Key, [.. vehicle], fleet.StartMs);
        // Those that can never leave stand plugged in, without a departure to declare and full.
        list.Events.ShouldContain(e => e.Event.Type == VehicleEventType.PluggedIn && e.Event.DeclaredDepartureMs == null && e.Event.NeededAtDepartureWh == 3_000);
    }

    [Fact]
    public void Ids_have_seven_digits_where_six_are_too_few()
    {
        var few = new EventList();
        Fleets.Fleet(2, 1).PlayInitial(few);
        few.Events.Select(e => e.Vehicle).Distinct(StringComparer.Ordinal).ShouldBe(["SZ-000000", "SZ-000001"]);
        CommutingFleet many = Fleets.Fleet(1_000_001, 1);
        var sink = new FirstIdSink();
        many.Play(many.StartMs, many.StartMs + Fleets.MinuteMs * 60, sink);
        sink.First.ShouldNotBeNull().Length.ShouldBe("SZ-".Length + 7);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(CommutingFleet.MaxVehicles + 1)]
    public void A_fleet_outside_its_range_is_refused(int vehicles) =>
        Should.Throw<ArgumentOutOfRangeException>(() => Fleets.Fleet(vehicles, 1));

    private sealed class FirstIdSink : Domain.Sources.IVehicleEventSink
    {
        public string? First { get; private set; }

        public void Emit(ReadOnlySpan<byte> vehicleId, in VehicleEvent vehicleEvent) => First ??= System.Text.Encoding.UTF8.GetString(vehicleId);

        public void PutAside(DeadLetter letter) => throw new InvalidOperationException(letter.Detail);
    }
}
