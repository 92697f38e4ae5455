using System.Text;
using Movc.Database;
using Movc.Domain.Events;
using Movc.Domain.Fleet;
using Movc.Domain.Queries;
using Movc.EventLog.Wire;
using Movc.TwinState.Shards;
using Movc.TwinState.Store;

namespace Movc.TwinState.Queries;

/// <summary>Answers about the shards held here, from their columns and the store.</summary>
internal sealed class TwinQueries(ShardSet shards, IEventStore store) : ITwinMember
{
    private volatile IReadOnlyDictionary<string, long> _letters = new Dictionary<string, long>(StringComparer.Ordinal);

    public async ValueTask<TwinStatus> StatusAsync(CancellationToken cancellationToken)
    {
        TwinMemberStatus status = await MemberStatusAsync(cancellationToken);
        return TwinStatus.Of(status.Shards, status.DeadLettersByReason, status.Trouble) with { Holdings = [.. status.Shards.Select(s => ShardHolding.Of(s, ShardHolding.ThisProcess))] };
    }

    public async ValueTask<TwinMemberStatus> MemberStatusAsync(CancellationToken cancellationToken)
    {
        IReadOnlyDictionary<string, long> letters = await LettersAsync(cancellationToken);
        return new TwinMemberStatus(Partitions, [.. shards.Held.Select(s => s.Status())], letters, store.Trouble);
    }

    public int Partitions => shards.Partitions;

    public bool Holds(string vehicleId) => shards.Of(vehicleId) is not null;

    public IReadOnlyList<SourcePosition> Positions(string sourceUri) => [.. shards.Held.Select(s => s.Resume(sourceUri))];

    public IReadOnlyList<ShardHash> Hashes() =>
        [.. shards.Held.Select(s => new ShardHash(s.Partition, Domain.Hashing.StateHash.ToHex(s.Read(state => state.Hash()))))];

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

    public ValueTask<VehicleView?> VehicleAsync(string vehicleId, CancellationToken cancellationToken) => ValueTask.FromResult(Shard(vehicleId).Read(state =>
    {
        int i = state.Find(Encoding.UTF8.GetBytes(vehicleId));
        return i < 0 ? null : View(state, i, vehicleId);
    }));

    public async ValueTask<IReadOnlyList<VehicleEventView>?> VehicleEventsAsync(string vehicleId, int limit, CancellationToken cancellationToken)
    {
        Shard shard = Shard(vehicleId);
        if (shard.NewestStored(Encoding.UTF8.GetBytes(vehicleId)) is not { } newest) return null;
        IReadOnlyList<StoredEvent> events = await store.ReadVehicleAsync(shard.Partition, newest, limit, cancellationToken);
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

    private Shard Shard(string vehicleId) => shards.Of(vehicleId) ?? throw new InvalidOperationException($"the shard of \"{vehicleId}\" is held by another process");

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
