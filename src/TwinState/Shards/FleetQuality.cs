using Movc.Domain.Events;
using Movc.Domain.Fleet;
using Movc.Domain.Queries;

namespace Movc.TwinState.Shards;

/// <summary>Works out what a shard's sums rest on.</summary>
internal static class FleetQuality
{
    private const int Classes = (int)Quality.Blocked + 1;
    private const long StaleAfterMs = QualityShares.StaleAfterHours * 3_600_000L;

    /// <summary>At a boundary.</summary>
    /// <param name="c">The shard.</param>
    /// <param name="snapshot">Its plugged-in vehicles then.</param>
    public static AggregateQuality Of(ShardColumns c, ShardSnapshot snapshot)
    {
        Span<double> vehicles = stackalloc double[Classes], power = stackalloc double[Classes];
        vehicles.Clear();
        power.Clear();
        for (int i = 0; i < c.Count; i++) vehicles[(int)At(c, i, snapshot.AtMs)]++;
        for (int k = 0; k < snapshot.PluggedCount; k++) power[(int)At(c, snapshot.Vehicle[k], snapshot.AtMs)] += Math.Abs(snapshot.StandingW[k]) / 1000.0;
        return new AggregateQuality(Shares(vehicles, out double count), (int)count, Shares(power, out double grossKw), grossKw);
    }

    /// <summary>A vehicle's quality at an instant: good news grows stale when nothing follows it.</summary>
    public static Quality At(ShardColumns c, int vehicle, long atMs) =>
        c.Quality[vehicle] == Quality.Good && atMs - c.LastEventMs[vehicle] > StaleAfterMs ? Quality.Stale : c.Quality[vehicle];

    /// <summary>Shares of weights by quality.</summary>
    public static QualityShares Shares(ReadOnlySpan<double> by, out double all)
    {
        all = 0;
        foreach (double weight in by) all += weight;
        return all <= 0
            ? QualityShares.None
            : new QualityShares(by[(int)Quality.Good] / all, by[(int)Quality.Stale] / all, by[(int)Quality.Substituted] / all, by[(int)Quality.Invalid] / all, by[(int)Quality.Blocked] / all);
    }
}
