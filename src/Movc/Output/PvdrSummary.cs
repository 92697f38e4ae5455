using Movc.Domain.Metrics;

namespace Movc.Output;

/// <summary>PVDR per calendar day and its median, by both definitions; null where it is not defined.</summary>
internal sealed record PvdrSummary(PvdrSummary.Days PerDay, PvdrSummary.Pair WeeklyMedian)
{
    internal sealed record Days(IReadOnlyList<double> OverValley, IReadOnlyList<double> OverPeak);

    internal sealed record Pair(double OverValley, double OverPeak);

    public static PvdrSummary Of(ReadOnlySpan<double> load, ReadOnlySpan<int> dayOfSlot)
    {
        PvdrByDay pvdr = PvdrByDay.Of(load, dayOfSlot);
        return new PvdrSummary(
            new Days([.. pvdr.PerDay.Select(d => d.OverValley)], [.. pvdr.PerDay.Select(d => d.OverPeak)]),
            new Pair(pvdr.Median.OverValley, pvdr.Median.OverPeak));
    }
}
