using Movc.Domain;
using Movc.Domain.Events;
using Movc.Domain.Fleet;
using Movc.Domain.Sources;
using Movc.Domain.Time;
using Movc.Ingest.Replay;

namespace Movc.Ingest.Tests.Replay;

public sealed class SessionReplayTests
{
    private const long Minute = 60_000, Day = 1440 * Minute;

    [Fact]
    public void A_session_becomes_a_plug_in_and_a_plug_out_with_the_assumed_battery()
    {
        using TemporaryFile sessions = FileOf("A;04.03.2024 18:00;05.03.2024 07:00;20", "B;04.03.2024 19:00;05.03.2024 08:00;80,86");
        using var city = new DisposableCity(Options(sessions));
        city.Source.StartMs.ShouldBe(Oslo(4, 0, 0));
        city.Source.EndMs.ShouldBe(Oslo(5, 8, 10));
        city.Source.VehicleCount.ShouldBe(2);
        city.Source.Mode.ShouldBe(CityMode.Replay);
        city.Source.SourceUri.ShouldBe("movc:replay/file");
        RecordingSink sink = RecordingSink.RunAll(city.Source);
        sink.Events.ShouldBe(
        [
            ("A", new VehicleEvent { Type = VehicleEventType.Registered, OccurredAtMs = Oslo(4, 0, 0), CapacityWh = 60_000, EnergyWh = 60_000, Consent = V2gStrategy.WhenStaying }),
            ("B", new VehicleEvent { Type = VehicleEventType.Registered, OccurredAtMs = Oslo(4, 0, 0), CapacityWh = 88_946, EnergyWh = 88_946, Consent = V2gStrategy.WhenStaying }),
            ("A", PlugIn(Oslo(4, 18, 0), 40_000, Oslo(5, 7, 0), 60_000)),
            ("B", PlugIn(Oslo(4, 19, 0), 8_086, Oslo(5, 8, 0), 88_946)),
            ("A", new VehicleEvent { Type = VehicleEventType.Unplugged, OccurredAtMs = Oslo(5, 7, 0), EnergyWh = 60_000 }),
            ("B", new VehicleEvent { Type = VehicleEventType.Unplugged, OccurredAtMs = Oslo(5, 8, 0), EnergyWh = 88_946 }),
        ]);
    }

    [Fact]
    public void In_one_minute_plug_outs_come_first_then_vehicles_by_id()
    {
        using TemporaryFile sessions = FileOf(
            "C;04.03.2024 18:00;05.03.2024 07:00;1", "B;05.03.2024 07:00;05.03.2024 08:00;1", "A;04.03.2024 18:00;05.03.2024 07:00;1", "A;05.03.2024 07:00;05.03.2024 09:00;1");
        using var city = new DisposableCity(Options(sessions));
        RecordingSink sink = RecordingSink.RunAll(city.Source);
        sink.Events.Where(e => e.Event.OccurredAtMs == Oslo(5, 7, 0)).Select(e => (e.Id, e.Event.Type)).ShouldBe(
            [("A", VehicleEventType.Unplugged), ("C", VehicleEventType.Unplugged), ("A", VehicleEventType.PluggedIn), ("B", VehicleEventType.PluggedIn)]);
    }

    [Fact]
    public void A_substituted_end_was_declared_by_nobody_and_says_so_and_an_open_session_has_no_plug_out()
    {
        using TemporaryFile sessions = FileOf("A;04.03.2024 18:00;NA;5", "A;05.03.2024 17:00;NA;5");
        using var city = new DisposableCity(Options(sessions));
        RecordingSink sink = RecordingSink.RunAll(city.Source);
        VehicleEvent[] events = [.. sink.Events.Select(e => e.Event).Where(e => e.Type != VehicleEventType.Registered)];
        events.Select(e => e.Type).ShouldBe([VehicleEventType.PluggedIn, VehicleEventType.Unplugged, VehicleEventType.PluggedIn]);
        events.Select(e => e.Quality).ShouldBe([Quality.Good, Quality.Substituted, Quality.Good]);
        events.ShouldAllBe(e => e.DeclaredDepartureMs == null);
        events[1].OccurredAtMs.ShouldBe(events[2].OccurredAtMs);
    }

    [Fact]
    public void However_time_is_cut_the_same_events_come_in_the_same_order()
    {
        using var minutes = new DisposableCity(ExampleOptions(clone: 3));
        using var days = new DisposableCity(ExampleOptions(clone: 3));
        using var whole = new DisposableCity(ExampleOptions(clone: 3));
        using var odd = new DisposableCity(ExampleOptions(clone: 3));
        RecordingSink byMinute = RecordingSink.RunAll(minutes.Source, Minute);
        byMinute.Events.Count.ShouldBeGreaterThan(3000);
        RecordingSink.RunAll(days.Source, Day).Events.ShouldBe(byMinute.Events);
        RecordingSink.RunAll(whole.Source, 400 * Day).Events.ShouldBe(byMinute.Events);
        RecordingSink.RunAll(odd.Source, 7_654_321).Events.ShouldBe(byMinute.Events);
    }

    [Fact]
    public void Every_event_lies_in_the_range_that_was_asked_for_in_order_and_by_the_rules()
    {
        using var city = new DisposableCity(ExampleOptions(clone: 2));
        var sink = new RecordingSink();
        for (long at = city.Source.StartMs; at < city.Source.EndMs; at += Slots.Ms)
        {
            int before = sink.Events.Count;
            city.Source.Emit(at, at + Slots.Ms, sink, TestContext.Current.CancellationToken);
            for (int i = before; i < sink.Events.Count; i++)
            {
                VehicleEvent e = sink.Events[i].Event;
                e.OccurredAtMs.ShouldBeInRange(at, at + Slots.Ms - 1);
                if (i > before) e.OccurredAtMs.ShouldBeGreaterThanOrEqualTo(sink.Events[i - 1].Event.OccurredAtMs);
                VehicleEventRules.Check(e).ShouldBe(Refusal.None);
            }
        }

        sink.Events.Count.ShouldBeGreaterThan(2000);
    }

    [Fact]
    public void Plug_ins_and_plug_outs_of_a_vehicle_alternate()
    {
        using var city = new DisposableCity(ExampleOptions(clone: 2));
        var plugged = new Dictionary<string, bool>(StringComparer.Ordinal);
        foreach ((string id, VehicleEvent e) in RecordingSink.RunAll(city.Source).Events)
        {
            if (e.Type == VehicleEventType.Registered) plugged.Add(id, false);
            else plugged[id].ShouldBe(e.Type == VehicleEventType.Unplugged, id);
            if (e.Type != VehicleEventType.Registered) plugged[id] = e.Type == VehicleEventType.PluggedIn;
        }

        plugged.Count.ShouldBe(80);
        // The one session without an end, and its copy.
        plugged.Where(p => p.Value).Select(p => p.Key).Order(StringComparer.Ordinal).ShouldBe(["Ex1-9", "Ex1-9~2"]);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(143)]
    [InlineData(1000)]
    [InlineData(2900)]
    public void A_new_instance_that_starts_later_goes_on_with_exactly_the_same_events(int slots)
    {
        using var first = new DisposableCity(ExampleOptions(clone: 3));
        using var second = new DisposableCity(ExampleOptions(clone: 3));
        long from = first.Source.StartMs + slots * Slots.Ms, end = first.Source.EndMs!.Value;
        var undisturbed = new RecordingSink();
        undisturbed.Run(first.Source, first.Source.StartMs, end, Slots.Ms);
        var restarted = new RecordingSink();
        restarted.Run(second.Source, from, end, Slots.Ms);
        restarted.Events.ShouldBe(undisturbed.Events.Where(e => e.Event.OccurredAtMs >= from));
    }

    [Fact]
    public void A_cancelled_call_can_be_made_again_from_where_it_began()
    {
        using var city = new DisposableCity(ExampleOptions());
        using var undisturbed = new DisposableCity(ExampleOptions());
        long start = city.Source.StartMs, middle = start + 5 * Day, end = city.Source.EndMs!.Value;
        using var cancellation = new CancellationTokenSource();
        var cancelling = new CancellingSink(cancellation, after: 50);
        Should.Throw<OperationCanceledException>(() => city.Source.Emit(start, middle, cancelling, cancellation.Token));
        var again = new RecordingSink();
        again.Run(city.Source, start, end, Day);
        var expected = new RecordingSink();
        expected.Run(undisturbed.Source, start, end, Day);
        again.Events.ShouldBe(expected.Events);
    }

    [Fact]
    public void Copies_are_their_users_shifted_as_a_whole_by_minutes_within_the_jitter()
    {
        using var city = new DisposableCity(ExampleOptions(clone: 4, seed: 5));
        city.Source.VehicleCount.ShouldBe(160);
        city.Source.SourceUri.ShouldBe("movc:replay/sessions-small~4");
        ILookup<string, VehicleEvent> byId = RecordingSink.RunAll(city.Source).Events
            .Where(e => e.Event.Type != VehicleEventType.Registered).ToLookup(e => e.Id, e => e.Event, StringComparer.Ordinal);
        var shifts = new List<long>();
        foreach (IGrouping<string, VehicleEvent> user in byId.Where(g => !g.Key.Contains('~', StringComparison.Ordinal)))
        {
            for (int copy = 2; copy <= 4; copy++)
            {
                VehicleEvent[] copied = [.. byId[$"{user.Key}~{copy}"]];
                long shift = copied[0].OccurredAtMs - user.First().OccurredAtMs;
                (shift % Minute).ShouldBe(0);
                Math.Abs(shift).ShouldBeLessThanOrEqualTo(45 * Minute);
                copied.ShouldBe(user.Select(e => e with { OccurredAtMs = e.OccurredAtMs + shift, DeclaredDepartureMs = e.DeclaredDepartureMs + shift }));
                shifts.Add(shift / Minute);
            }
        }

        shifts.Count.ShouldBe(120);
        shifts.Distinct().Count().ShouldBeGreaterThan(50);
        shifts.Average().ShouldBeInRange(-10, 10);
    }

    [Fact]
    public void Seed_and_number_of_copies_decide_the_copies_and_nothing_else_does()
    {
        using var a = new DisposableCity(ExampleOptions(clone: 2, seed: 1));
        using var b = new DisposableCity(ExampleOptions(clone: 2, seed: 1));
        using var c = new DisposableCity(ExampleOptions(clone: 2, seed: 2));
        RecordingSink events = RecordingSink.RunAll(a.Source);
        RecordingSink.RunAll(b.Source).Events.ShouldBe(events.Events);
        RecordingSink.RunAll(c.Source).Events.ShouldNotBe(events.Events);
    }

    [Fact]
    public void A_later_start_registers_every_vehicle_and_those_plugged_in_with_their_plug_in_of_before()
    {
        using TemporaryFile sessions = FileOf(
            "A;04.03.2024 18:00;05.03.2024 07:00;5", "B;04.03.2024 17:00;04.03.2024 19:00;6", "C;04.03.2024 18:00;05.03.2024 00:00;7", "A;05.03.2024 18:00;05.03.2024 19:00;5");
        using var city = new DisposableCity(Options(sessions, new DateOnly(2024, 3, 5)));
        city.Source.StartMs.ShouldBe(Oslo(5, 0, 0));
        RecordingSink.RunAll(city.Source).Events.Select(e => (e.Id, e.Event.Type, e.Event.OccurredAtMs)).ShouldBe(
        [
            ("A", VehicleEventType.Registered, Oslo(4, 18, 0)),
            ("A", VehicleEventType.PluggedIn, Oslo(4, 18, 0)),
            ("C", VehicleEventType.Registered, Oslo(4, 18, 0)),
            ("C", VehicleEventType.PluggedIn, Oslo(4, 18, 0)),
            ("B", VehicleEventType.Registered, Oslo(5, 0, 0)),
            ("C", VehicleEventType.Unplugged, Oslo(5, 0, 0)),
            ("A", VehicleEventType.Unplugged, Oslo(5, 7, 0)),
            ("A", VehicleEventType.PluggedIn, Oslo(5, 18, 0)),
            ("A", VehicleEventType.Unplugged, Oslo(5, 19, 0)),
        ]);
    }

    [Fact]
    public void Rows_put_aside_become_dead_letters_with_reason_line_vehicle_and_bytes()
    {
        using var city = new DisposableCity(ExampleOptions(clone: 3));
        RecordingSink sink = RecordingSink.RunAll(city.Source);
        sink.Letters.Select(l => l.Reason).Order().ShouldBe([DeadLetterReason.SessionOverlaps, DeadLetterReason.SessionZeroLength]);
        string[] lines = File.ReadAllLines(ReplayData.ExampleSessions);
        foreach (DeadLetter letter in sink.Letters)
        {
            int line = int.Parse(letter.Reference["line ".Length..], System.Globalization.CultureInfo.InvariantCulture);
            System.Text.Encoding.UTF8.GetString(letter.Payload.Span).ShouldBe(lines[line - 1]);
            lines[line - 1].ShouldContain($";{letter.Key};");
            letter.Source.ShouldBe(city.Source.SourceUri);
            letter.RecordedAtMs.ShouldBe(city.Source.StartMs);
        }
    }

    [Fact]
    public void Wrong_options_are_refused_in_one_line()
    {
        using TemporaryFile sessions = FileOf("A~2;04.03.2024 18:00;05.03.2024 07:00;5");
        Should.Throw<InputException>(() => ReplayCity.Open(Options(sessions, new DateOnly(2024, 3, 6)))).Message
            .ShouldBe("--from 2024-03-06: the last event of the sessions is on 2024-03-05; give a day not after it");
        Should.Throw<InputException>(() => ReplayData.OpenExamples(clone: 0)).Message
            .ShouldBe("--clone 0: the number of copies lies outside 1 to 100000; give one inside");
        ReplayOptions twice = new() { SessionsPath = sessions.Path, LoadPath = ReplayData.ExampleLoad, Clone = 2 };
        Should.Throw<InputException>(() => ReplayCity.Open(twice)).Message
            .ShouldBe("--clone: the user id \"A~2\" holds a ~, which marks copies; rename the user or leave --clone out");
    }

    [Fact]
    public void The_city_tells_its_assumptions_with_their_marks()
    {
        ReplayCity city = ReplayData.OpenExamples(clone: 2);
        city.Assumptions[0].ShouldBe("[G] battery capacity = max(60, 1.1 × largest session) kWh");
        city.Assumptions.ShouldAllBe(line => line.StartsWith("[G] ", StringComparison.Ordinal));
        city.Assumptions.ShouldContain("[G] city load scaled to a peak of 40 kW a registered vehicle", StringComparer.Ordinal);
        city.Assumptions.ShouldContain("[G] each copy of a user is shifted as a whole by up to ±45 min", StringComparer.Ordinal);
        city.Load.Description.ShouldContain("scaled to 3,200 kW");
        ReplayData.OpenExamples().Assumptions.ShouldNotContain(line => line.Contains("copy", StringComparison.Ordinal));
    }

    private static VehicleEvent PlugIn(long atMs, int energyWh, long departureMs, int neededWh) => new()
    {
        Type = VehicleEventType.PluggedIn,
        OccurredAtMs = atMs,
        EnergyWh = energyWh,
        MaxChargeW = 11_000,
        MaxDischargeW = 11_000,
        Place = PlaceKind.Home,
        DeclaredDepartureMs = departureMs,
        NeededAtDepartureWh = neededWh,
    };

    /// <summary>March 2024 in Oslo before the clock change: one hour ahead.</summary>
    private static long Oslo(int day, int hour, int minute) =>
        new DateTimeOffset(2024, 3, day, hour, minute, 0, TimeSpan.FromHours(1)).ToUnixTimeMilliseconds();

    private static TemporaryFile FileOf(params string[] rows) =>
        new("User_ID;Start_plugin;End_plugout;El_kWh\r\n" + string.Concat(rows.Select(r => r + "\r\n")));

    private static ReplayOptions Options(TemporaryFile sessions, DateOnly? from = null) =>
        new() { SessionsPath = sessions.Path, LoadPath = ReplayData.ExampleLoad, From = from };

    private static ReplayOptions ExampleOptions(int clone = 1, ulong seed = 0) =>
        new() { SessionsPath = ReplayData.ExampleSessions, LoadPath = ReplayData.ExampleLoad, Clone = clone, Seed = seed };

    private sealed class DisposableCity(ReplayOptions options) : IDisposable
    {
        public SessionReplay Source { get; } = (SessionReplay)ReplayCity.Open(options).Source;

        public void Dispose() => Source.Dispose();
    }

    private sealed class CancellingSink(CancellationTokenSource cancellation, int after) : IVehicleEventSink
    {
        private int _left = after;

        public void Emit(ReadOnlySpan<byte> vehicleId, in VehicleEvent vehicleEvent)
        {
            if (--_left == 0) cancellation.Cancel();
        }

        public void EmitStored(ReadOnlySpan<byte> vehicleId, EventSchema schema, long occurredAtMs, Quality quality, ReadOnlySpan<byte> payload) => throw new InvalidOperationException("nothing here was stored before");

        public void PutAside(DeadLetter letter)
        {
        }
    }
}
