using Movc.Domain.Metrics;

namespace Movc.Studies.Points;

/// <summary>A load curve's figures.</summary>
/// <param name="PeakMw">Highest slot.</param>
/// <param name="ValleyMw">Lowest slot.</param>
/// <param name="MeanMw">Over all slots.</param>
/// <param name="SpreadMw">Mean distance from the day's median: what the dispatch lowers (MOVC Eq. 15 without throughput).</param>
/// <param name="PerDay">PVDR of each calendar day.</param>
/// <param name="Median">Median over the days.</param>
/// <param name="MedianFromDay2">Median without the first day, whose start is Charge Only's; the same as <paramref name="Median"/> where there is one day.</param>
public sealed record LoadFigures(double PeakMw, double ValleyMw, double MeanMw, double SpreadMw, IReadOnlyList<Pvdr> PerDay, Pvdr Median, Pvdr MedianFromDay2)
{
    /// <summary>Figures of a curve.</summary>
    /// <param name="loadMw">Per slot.</param>
    /// <param name="dayOfSlot">Day of each slot, not falling.</param>
    public static LoadFigures Of(ReadOnlySpan<double> loadMw, ReadOnlySpan<int> dayOfSlot)
    {
        PvdrByDay days = PvdrByDay.Of(loadMw, dayOfSlot);
        int second = 0;
        while (second < dayOfSlot.Length && dayOfSlot[second] == dayOfSlot[0]) second++;
        Pvdr later = second < dayOfSlot.Length ? PvdrByDay.Of(loadMw[second..], dayOfSlot[second..]).Median : days.Median;
        double peak = double.NegativeInfinity, valley = double.PositiveInfinity, sum = 0;
        foreach (double mw in loadMw)
        {
            (peak, valley) = (Math.Max(peak, mw), Math.Min(valley, mw));
            sum += mw;
        }
        return new LoadFigures(peak, valley, sum / loadMw.Length, ObjectiveOf.Load(loadMw, [], dayOfSlot, 0), days.PerDay, days.Median, later);
    }
}
