using Movc.Database;
using Movc.Domain.Fleet;
using Movc.Domain.Hashing;
using Movc.Domain.Places;
using Movc.Domain.Queries;
using Movc.Domain.Sources;
using Movc.Domain.Time;
using Movc.TestKit;
using Movc.TwinState.History;
using Movc.TwinState.Shards;
using Movc.TwinState.Store;
using Movc.TwinState.Store.Postgres;
using Movc.TwinState.Store.Sqlite;
using Movc.TwinState.Tests.Twins;

namespace Movc.TwinState.Tests.History;

/// <summary>Snapshots, starts from them, refolds and past instants, against what the running twin was at every boundary.</summary>
public sealed class HistoryTests(PostgresFixture postgres) : IDisposable
{
    private const long Start = RandomScript.Start;
    private const int Slots10 = 40;
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("movc-history-");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory(Timeout = 300_000)]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Every_past_boundary_is_what_the_twin_was_then_and_a_refold_is_equal_bit_for_bit(bool onPostgres)
    {
        string database = onPostgres ? postgres.Server.CreateDatabase() : string.Empty;
        if (onPostgres) await PostgresMigrations.MigrateAsync(database, Token);
        async Task<IEventStore> OpenAsync() => onPostgres
            ? await PostgresEventStore.OpenAsync(database, TimeProvider.System, Token)
            : SqliteEventStore.Open(Path.Combine(_folder.FullName, "twin.db"));
        var script = RandomScript.Draw(9, 120, Slots10);
        var lived = new SortedDictionary<long, (UInt128 Hash, long Plugged)>();
        // In three processes, each of which goes on from the snapshots of the one before.
        for (int part = 0; part < 3; part++)
        {
            await using IEventStore store = await OpenAsync();
            RunningTwin? running = null;
            running = await RunningTwin.StartAsync(store, 3, onFleet: fleet =>
            {
                lived[fleet.AtMs] = (running!.Twin.StateHash(), fleet.Shards.Sum(s => s.PluggedCount));
                return true;
            }, snapshotEvery: TimeSpan.FromMinutes(40));
            await using (running)
            {
                if (part > 0) running.Twin.EventsAccepted.ShouldBe(0);
                await running.DriveAsync(new ScriptedSource(script, Start, Slots10), intervals: part < 2 ? 13 : Slots10 - 26);
                while (!lived.ContainsKey(Start + ((part < 2 ? (part + 1) * 13 : Slots10) * Slots.Ms))) await Task.Delay(5, Token);
                await running.StopAsync();
            }
        }
        lived.Count.ShouldBe(Slots10 + 1);
        lived.Values.Select(l => l.Hash).Distinct().Count().ShouldBeGreaterThan(Slots10 - 2);

        await using IEventStore past = await OpenAsync();
        StoredSnapshot newest = (await past.ReadSnapshotAsync(0, long.MaxValue, Token)).ShouldNotBeNull();
        // Kept at the end of every process, and on the way.
        int kept = 0;
        for (long before = long.MaxValue; await past.ReadSnapshotAsync(0, before, Token) is { } snapshot; before = snapshot.JournalSequence - 1) kept++;
        kept.ShouldBeGreaterThan(9);
        var reader = new PastReader(past, FleetModel.Plain, NoDistricts.Instance);
        PastSpan span = (await reader.PastSpanAsync(Token)).ShouldNotBeNull();
        (span.From, span.To).ShouldBe((At(Start), At(Start + ((Slots10 + 1) * Slots.Ms))));
        foreach ((long atMs, (UInt128 hash, long plugged)) in lived)
        {
            CityStateView city = (await reader.PastCityAsync(At(atMs), Token)).ShouldNotBeNull();
            (city.StateHash, city.City.Plugged).ShouldBe((StateHash.ToHex(hash), (int)plugged), $"{At(atMs):u}");
            city.EventsFolded.ShouldBeLessThan(script.Count / 3);
        }
        (await reader.PastCityAsync(At(Start - 1), Token)).ShouldBeNull();
        (await reader.PastCityAsync(span.To.AddMilliseconds(1), Token)).ShouldBeNull();

        IReadOnlyList<RebuiltShard> rebuilt = await new Rebuilder(past, FleetModel.Plain).RunAsync(_ => { }, Token);
        rebuilt.Count.ShouldBe(3);
        rebuilt.ShouldAllBe(r => r.IsEqual && r.SnapshotEqual == true && r.Events > 0);
        rebuilt.Select(r => r.StateHash).Aggregate(UInt128.Zero, StateHash.Combine).ShouldBe(lived.Values.Last().Hash);
        rebuilt.Sum(r => r.Events).ShouldBe(await past.CountEventsAsync(Token));

        // A snapshot that does not say what the events say is found out; kept anew, it is right again.
        ShardHead head = await past.OpenShardAsync(0, Token);
        StoredSnapshot other = (await past.ReadSnapshotAsync(0, newest.JournalSequence - 1, Token)).ShouldNotBeNull();
        await past.SaveSnapshotAsync(newest with { State = other.State }, head.WriterEpoch, Token);
        (await new Rebuilder(past, FleetModel.Plain, past).RunAsync(_ => { }, Token)).Select(r => (r.IsEqual, r.SnapshotEqual)).ShouldBe([(false, false), (true, true), (true, true)]);
        (await new Rebuilder(past, FleetModel.Plain).RunAsync(_ => { }, Token)).ShouldAllBe(r => r.IsEqual);

        // Damaged or of a later program it is passed over.
        foreach (StoredSnapshot bad in new[] { newest with { State = [.. newest.State[..^9], 1, 2, 3] }, newest with { State = [] }, newest with { Format = 99 } })
        {
            await past.SaveSnapshotAsync(bad with { JournalSequence = head.JournalSequence }, head.WriterEpoch, Token);
            RebuiltShard shard = (await new Rebuilder(past, FleetModel.Plain).RunAsync(_ => { }, Token))[0];
            (shard.IsEqual, shard.SnapshotEqual).ShouldBe((true, true));
            shard.SnapshotSequence.ShouldBeLessThan(head.JournalSequence);
        }
    }

    [Fact(Timeout = 300_000)]
    public async Task A_stored_period_told_again_comes_to_the_same_hash_at_every_boundary_from_the_start_and_from_a_seed()
    {
        var lived = new SortedDictionary<long, UInt128>();
        var script = RandomScript.Draw(4, 80, 20);
        string recorded = Path.Combine(_folder.FullName, "recorded.db");
        await using (IEventStore store = SqliteEventStore.Open(recorded)) await LiveAsync(store, new ScriptedSource(script, Start, 20), 3, lived);
        await using IEventReader reader = SqliteEventStore.OpenForReading(recorded);
        await using StoredPeriod period = await StoredPeriod.OpenAsync(reader, "movc:replay", Token);
        (period.StartMs, period.EndMs, period.Shards).ShouldBe((Start, Start + (21 * Slots.Ms), 3));

        var again = new SortedDictionary<long, UInt128>();
        await using (IEventStore store = SqliteEventStore.Open(Path.Combine(_folder.FullName, "again.db")))
        {
            await using StoredPeriod part = period.Until(Start + (20 * Slots.Ms));
            await LiveAsync(store, part, 3, again);
        }
        again.ShouldBe(lived);

        // From the middle, in a store that begins there.
        var half = new SortedDictionary<long, UInt128>();
        await using (IEventStore store = SqliteEventStore.Open(Path.Combine(_folder.FullName, "half.db")))
        {
            await BrokenOffAsync(store);
            (await TwinSeed.IsSownAsync(store, 3, Token)).ShouldBeFalse();
            await TwinSeed.SowAsync(reader, store, "movc:replay", Start + (9 * Slots.Ms), FleetModel.Plain, Token);
            (await TwinSeed.IsSownAsync(store, 3, Token)).ShouldBeTrue();
            await using StoredPeriod part = (await StoredPeriod.OpenAsync(reader, "movc:replay", Token)).Until(Start + (20 * Slots.Ms));
            await LiveAsync(store, part, 3, half);
            // What begins with a seed is looked back at and rebuilt like anything else.
            (await new Rebuilder(store, FleetModel.Plain).RunAsync(_ => { }, Token)).ShouldAllBe(r => r.IsEqual && r.SnapshotEqual == true);
            var past = new PastReader(store, FleetModel.Plain, NoDistricts.Instance);
            (await past.PastCityAsync(At(Start + (15 * Slots.Ms)), Token)).ShouldNotBeNull().StateHash.ShouldBe(StateHash.ToHex(lived[Start + (15 * Slots.Ms)]));
        }
        half.ShouldBe(lived.Where(l => l.Key >= Start + (9 * Slots.Ms)));

        // Cut into odd pieces, and jumped into: the same events in the same order.
        List<string> whole = Told(period, [Start, Start + (20 * Slots.Ms)]);
        whole.Count.ShouldBeGreaterThan(500);
        Told(period, [Start, Start + 7, Start + 777_777, Start + 1_800_000, Start + 1_800_001, Start + (20 * Slots.Ms)]).Order(StringComparer.Ordinal).ShouldBe(whole.Order(StringComparer.Ordinal));
        Told(period, [Start + (12 * Slots.Ms), Start + (20 * Slots.Ms)]).ShouldBe(Told(period, [Start, Start + (12 * Slots.Ms), Start + (20 * Slots.Ms)], from: 1));
    }

    [Fact(Timeout = 120_000)]
    public async Task A_stored_period_jumped_about_in_within_an_interval_or_after_a_call_off_tells_what_stands_there()
    {
        string recorded = Path.Combine(_folder.FullName, "recorded.db");
        await using (IEventStore store = SqliteEventStore.Open(recorded)) await LiveAsync(store, new ScriptedSource(RandomScript.Draw(6, 80, 12), Start, 12), 3, []);
        await using IEventReader reader = SqliteEventStore.OpenForReading(recorded);
        await using StoredPeriod period = await StoredPeriod.OpenAsync(reader, "movc:replay", Token);
        long at = Start + (5 * Slots.Ms), middle = at + 300_000, end = at + Slots.Ms;
        List<string> Emit(long fromMs, long toMs, CancellationToken token)
        {
            var sink = new Words();
            period.Emit(fromMs, toMs, sink, token);
            return sink.Lines;
        }
        List<string> Initial()
        {
            var sink = new Words();
            period.EmitInitial(sink, Token);
            return sink.Lines;
        }
        List<string> first = Emit(at, middle, Token), rest = Emit(middle, end, Token), next = Emit(end, end + Slots.Ms, Token);
        (first.Count > 3 && rest.Count > 3 && next.Count > 3).ShouldBeTrue();
        // Back and forth where it stands already.
        Emit(at, middle, Token).ShouldBe(first);
        Emit(at, middle, Token).ShouldBe(first);
        Emit(middle, end, Token).ShouldBe(rest);
        Emit(middle, end, Token).ShouldBe(rest);
        List<string> registrations = Initial();
        registrations.Count.ShouldBeGreaterThan(50);
        Initial().ShouldBe(registrations);
        // A run that ends calls off what was begun to be read for it; the next one reads it again.
        for (int n = 0; n < 20; n++)
        {
            using var ended = new CancellationTokenSource();
            var sink = new Words { OnLine = ended.Cancel };
            Should.Throw<OperationCanceledException>(() => period.Emit(at, middle, sink, ended.Token));
            Emit(end, end + Slots.Ms, Token).ShouldBe(next);
        }
    }

    /// <summary>What a seed leaves that is killed after its first shard and in the middle of its second.</summary>
    private static async Task BrokenOffAsync(IEventStore store)
    {
        var whole = new ShardAppend { Shard = 0, WriterEpoch = (await store.OpenShardAsync(0, Token)).WriterEpoch };
        whole.Sources.Add(new SourceState(0, "movc:replay", new SequenceWindow().Serialize(), Start, 1));
        await store.AppendAsync(whole, Token);
        await store.OpenShardAsync(1, Token);
    }

    private static List<string> Told(StoredPeriod period, long[] cuts, int from = 0)
    {
        var sink = new Words();
        for (int k = 1; k < cuts.Length; k++)
        {
            if (k - 1 == from) sink.Lines.Clear();
            period.Emit(cuts[k - 1], cuts[k], sink, Token);
        }
        return sink.Lines;
    }

    private static async Task LiveAsync(IEventStore store, IVehicleEventSource source, int partitions, SortedDictionary<long, UInt128> lived)
    {
        RunningTwin? running = null;
        running = await RunningTwin.StartAsync(store, partitions, source.SourceUri, fleet =>
        {
            lived[fleet.AtMs] = running!.Twin.StateHash();
            return true;
        });
        await using (running)
        {
            await running.DriveAsync(source);
            while (!lived.ContainsKey(source.EndMs!.Value)) await Task.Delay(5, Token);
            await running.StopAsync();
        }
    }

    private sealed class Words : IVehicleEventSink
    {
        public List<string> Lines { get; } = [];

        public Action? OnLine { get; init; }

        public void Emit(ReadOnlySpan<byte> vehicleId, in Domain.Events.VehicleEvent vehicleEvent) => throw new InvalidOperationException("it was stored before");

        public void EmitStored(ReadOnlySpan<byte> vehicleId, Domain.Events.EventSchema schema, long occurredAtMs, Domain.Events.Quality quality, ReadOnlySpan<byte> payload)
        {
            OnLine?.Invoke();
            Lines.Add($"{System.Text.Encoding.UTF8.GetString(vehicleId)} {schema} {occurredAtMs} {quality} {Convert.ToHexString(payload)}");
        }

        public void PutAside(Domain.Events.DeadLetter letter) => throw new InvalidOperationException(letter.Detail);
    }

    [Fact(Timeout = 120_000)]
    public async Task What_came_late_is_not_in_the_past_before_it_came_and_is_in_the_history_with_both_times()
    {
        await using IEventStore store = SqliteEventStore.Open(Path.Combine(_folder.FullName, "twin.db"));
        await using RunningTwin running = await RunningTwin.StartAsync(store, 1);
        Domain.Events.VehicleEvent At10(Domain.Events.VehicleEventType type, int minute) => new() { Type = type, OccurredAtMs = Start + (minute * 60_000) };
        List<(string Vehicle, Domain.Events.VehicleEvent Event)> script =
        [
            ("v", At10(Domain.Events.VehicleEventType.Registered, -1) with { CapacityWh = 60_000, EnergyWh = 30_000 }),
            ("v", At10(Domain.Events.VehicleEventType.EnergyMetered, 15) with { EnergyWh = 29_000 }),
            ("v", At10(Domain.Events.VehicleEventType.Arrived, 25) with { Place = Domain.Events.PlaceKind.Work }),
        ];
        // Told in the third interval, of the second.
        var source = new ScriptedSource(script, Start, 4) { Late = { (Start + (26 * 60_000), "v", At10(Domain.Events.VehicleEventType.EnergyMetered, 18) with { EnergyWh = 28_000 }) } };
        await running.DriveAsync(source);
        while (running.Fleets.Count < 5) await Task.Delay(5, Token);
        await running.StopAsync();
        var reader = new PastReader(store, FleetModel.Plain, NoDistricts.Instance);
        async Task<double?> EnergyAsync(int minute) => (await reader.PastVehicleAsync("v", At(Start + (minute * 60_000)), Token))?.ReportedEnergyKwh;
        (await EnergyAsync(10)).ShouldBe(30);
        (await EnergyAsync(15)).ShouldBe(30);
        (await EnergyAsync(16)).ShouldBe(29);
        (await EnergyAsync(19)).ShouldBe(29);
        (await EnergyAsync(30)).ShouldBe(28);
        (await reader.PastVehicleAsync("w", At(Start + 600_000), Token)).ShouldBeNull();
        IReadOnlyList<VehicleEventView> history = (await reader.HistoryAsync("v", 10, Token)).ShouldNotBeNull();
        history.Select(h => (h.Version, (h.OccurredAt - At(Start)).TotalMinutes)).ShouldBe([(4, 18), (3, 25), (2, 15), (1, -1)]);
        history.ShouldAllBe(h => h.RecordedAt > At(Start) && h.Source == "movc:script");
    }

    private static DateTimeOffset At(long ms) => DateTimeOffset.FromUnixTimeMilliseconds(ms);
}
