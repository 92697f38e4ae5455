using Movc.Domain.Events;
using Movc.Domain.Fleet;
using Movc.Domain.Queries;
using Movc.EventLog.Wire;

namespace Movc.TwinState.Shards;

/// <summary>Puts a shard's counts together for whoever asks.</summary>
internal static class ShardStatusReader
{
    /// <summary>Call while nobody changes the state.</summary>
    /// <param name="state">The shard.</param>
    /// <param name="writerEpoch">Number of its writer.</param>
    /// <param name="handedOver">What it handed over last; null before the first.</param>
    public static ShardStatus Of(ShardState state, long writerEpoch, (DateTimeOffset At, FleetFlexibility Flexibility, AggregateQuality Quality)? handedOver)
    {
        ShardCounters c = state.Counters;
        return new ShardStatus(
            state.Shard, writerEpoch, handedOver?.At, state.Columns.Count, c.Plugged, c.Available, c.Charging, c.Discharging, c.Departures, c.DeparturesUnderPromise,
            c.Accepted, c.Duplicate, CountByQuality(state.Columns),
            new PlaceCounts(c.ByPlace[(int)PlaceKind.Home], c.ByPlace[(int)PlaceKind.Work], c.ByPlace[(int)PlaceKind.Other], c.ByPlace[ShardCounters.DrivingIndex], c.ByPlace[0]),
            handedOver?.Flexibility)
        {
            Quality = handedOver?.Quality,
        };
    }

    /// <summary>Vehicles by the quality of their last event; qualities that no vehicle has are left out.</summary>
    private static SortedDictionary<string, int> CountByQuality(ShardColumns columns)
    {
        Span<int> counts = stackalloc int[(int)Quality.Blocked + 1];
        foreach (Quality quality in columns.Quality.AsSpan(0, columns.Count)) counts[(int)quality]++;
        var byName = new SortedDictionary<string, int>(StringComparer.Ordinal);
        for (int q = 0; q < counts.Length; q++)
        {
            if (counts[q] > 0) byName.Add(QualityNames.Of((Quality)q), counts[q]);
        }
        return byName;
    }
}
