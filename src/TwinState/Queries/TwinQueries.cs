using System.Text;
using Movc.Domain.Events;
using Movc.Domain.Fleet;
using Movc.Domain.Queries;
using Movc.EventLog.Records;
using Movc.EventLog.Wire;
using Movc.TwinState.Shards;
using Movc.TwinState.Snapshots;
using Movc.TwinState.Store;

namespace Movc.TwinState.Queries;

/// <summary>Answers about the twin, from the shards' columns and the store.</summary>
internal sealed class TwinQueries(Shard[] shards, FleetSnapshotCollector collector, IEventStore store) : ITwinQueries
{
    private volatile IReadOnlyDictionary<string, long> _letters = new Dictionary<string, long>(StringComparer.Ordinal);

    public async ValueTask<TwinStatus> StatusAsync(CancellationToken cancellationToken)
    {
        IReadOnlyDictionary<string, long> letters = await LettersAsync(cancellationToken);
        var qualities = new int[(int)Quality.Blocked + 1];
        int registered = 0;
        foreach (Shard shard in shards)
        {
            registered += shard.Read(state =>
            {
                foreach (Quality quality in state.Columns.Quality.AsSpan(0, state.Columns.Count)) qualities[(int)quality]++;
                return state.Columns.Count;
            });
        }
        var byQuality = new SortedDictionary<string, int>(StringComparer.Ordinal);
        for (int q = 0; q < qualities.Length; q++)
        {
            if (qualities[q] > 0) byQuality.Add(QualityNames.Of((Quality)q), qualities[q]);
        }
        return new TwinStatus(
            collector.Latest is { } fleet ? DateTimeOffset.FromUnixTimeMilliseconds(fleet.AtMs) : null,
            registered,
            shards.Sum(s => s.Counters.Plugged),
            shards.Sum(s => s.Counters.Available),
            shards.Sum(s => s.Counters.Charging),
            shards.Sum(s => s.Counters.Discharging),
            shards.Sum(s => s.Counters.Departures),
            shards.Sum(s => s.Counters.DeparturesUnderPromise),
            shards.Sum(s => s.Counters.Accepted),
            shards.Sum(s => s.Counters.Duplicate),
            letters.Values.Sum(),
            letters,
            byQuality,
            Places(),
            collector.LatestFlexibility,
            store.Trouble);
    }

    /// <summary>While the store is in trouble the counts known last; the trouble stands beside them.</summary>
    private async ValueTask<IReadOnlyDictionary<string, long>> LettersAsync(CancellationToken cancellationToken)
    {
        try
        {
            if (store.Trouble is null) _letters = await store.CountDeadLettersAsync(cancellationToken);
        }
        catch (StoreException) when (store.Trouble is not null)
        {
            // It began while we asked.
        }
        return _letters;
    }

    private PlaceCounts Places()
    {
        int At(int index) => shards.Sum(s => s.Counters.ByPlace[index]);
        return new PlaceCounts(At((int)PlaceKind.Home), At((int)PlaceKind.Work), At((int)PlaceKind.Other), At(ShardCounters.DrivingIndex), At(0));
    }

    public ValueTask<VehicleView?> VehicleAsync(string vehicleId, CancellationToken cancellationToken)
    {
        byte[] id = Encoding.UTF8.GetBytes(vehicleId);
        Shard shard = shards[Murmur2.Partition(id, shards.Length)];
        return ValueTask.FromResult(shard.Read(state =>
        {
            int i = state.Find(id);
            return i < 0 ? null : View(state, i, vehicleId);
        }));
    }

    public async ValueTask<IReadOnlyList<VehicleEventView>?> VehicleEventsAsync(string vehicleId, int limit, CancellationToken cancellationToken)
    {
        byte[] id = Encoding.UTF8.GetBytes(vehicleId);
        int partition = Murmur2.Partition(id, shards.Length);
        if (shards[partition].NewestStored(id) is not { } newest) return null;
        IReadOnlyList<StoredEvent> events = await store.ReadVehicleAsync(partition, newest, limit, cancellationToken);
        return [.. events.Select(View)];
    }

    public async ValueTask<IReadOnlyList<DeadLetterView>> DeadLettersAsync(string? reason, int limit, CancellationToken cancellationToken)
    {
        IReadOnlyList<StoredDeadLetter> letters = await store.ReadDeadLettersAsync(reason, limit, cancellationToken);
        return
        [
            .. letters.Select(l => new DeadLetterView(
                l.Id, Instant(l.Letter.RecordedAtMs), l.ReasonName, l.Letter.Detail, l.Letter.Source, l.Letter.Reference,
                l.Letter.Key, Convert.ToBase64String(l.Letter.Payload.Span))),
        ];
    }

    private static VehicleEventView View(StoredEvent stored)
    {
        EventRow row = stored.Row;
        if (!VehicleEventCodec.TryDecode(row.Type, stored.Payload, row.OccurredMs, row.Quality, out VehicleEvent e))
            throw new StoreException($"journal entry {row.JournalSequence} does not decode; the store was damaged outside this program");
        return new VehicleEventView(
            row.Version, EventTypeNames.Of(row.Type), Instant(row.OccurredMs), Instant(row.RecordedMs), stored.SourceUri,
            row.SourceSequence == 0 ? null : row.SourceSequence, QualityNames.Of(row.Quality), e);
    }

    private static VehicleView View(ShardState state, int i, string id)
    {
        ShardColumns c = state.Columns;
        bool plugged = c.IsPlugged(i);
        double estimatedKwh = c.EnergyMilliWh[i] / 1e6;
        bool hasSetpoint = plugged && c.SetpointUntilMs[i] > state.NowMs;
        return new VehicleView(
            id, state.Shard, c.Version[i], plugged, StrategyName(c.Consent[i]), QualityNames.Of(c.Quality[i]), Instant(c.LastEventMs[i]),
            c.CapacityWh[i] / 1000.0, c.ReportedWh[i] / 1000.0, estimatedKwh, estimatedKwh / (c.CapacityWh[i] / 1000.0),
            hasSetpoint ? c.SetpointW[i] / 1000.0 : null,
            hasSetpoint ? Instant(c.SetpointUntilMs[i]) : null,
            plugged && c.DepartureMs[i] != 0 ? Instant(c.DepartureMs[i]) : null,
            plugged ? c.MaxChargeW[i] / 1000.0 : null,
            plugged ? c.MaxDischargeW[i] / 1000.0 : null);
    }

    private static string StrategyName(V2gStrategy strategy) => strategy switch
    {
        V2gStrategy.ChargeOnly => "charge-only",
        V2gStrategy.WhenCharging => "when-charging",
        _ => "when-staying",
    };

    private static DateTimeOffset Instant(long ms) => DateTimeOffset.FromUnixTimeMilliseconds(ms);
}
