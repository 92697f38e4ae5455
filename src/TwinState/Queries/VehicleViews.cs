using Movc.Database;
using Movc.Domain.Events;
using Movc.Domain.Fleet;
using Movc.Domain.Queries;
using Movc.EventLog.Wire;
using Movc.TwinState.Shards;
using Movc.TwinState.Store;

namespace Movc.TwinState.Queries;

/// <summary>Vehicles and their events as they are shown.</summary>
internal static class VehicleViews
{
    /// <summary>Stored events.</summary>
    /// <exception cref="StoreException">One does not decode.</exception>
    public static IReadOnlyList<VehicleEventView> Of(IReadOnlyList<StoredEvent> events) => [.. events.Select(Of)];

    private static VehicleEventView Of(StoredEvent stored)
    {
        EventRow row = stored.Row;
        if (!VehicleEventCodec.TryDecode(row.Schema, stored.Payload, row.OccurredMs, row.Quality, out VehicleEvent e))
            throw new StoreException($"journal entry {row.JournalSequence} does not decode; the store was damaged outside this program, or written by a later version of it");
        return new VehicleEventView(
            row.Version, EventSchemas.Name(row.Schema), Instant(row.OccurredMs), Instant(row.RecordedMs), stored.SourceUri,
            row.SourceSequence == 0 ? null : row.SourceSequence, QualityNames.Of(row.Quality), e);
    }

    public static VehicleView Of(ShardState state, int i, string id)
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
