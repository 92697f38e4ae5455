namespace Movc.Domain.Metrics;

/// <summary>
/// Peak-valley difference ratio of one calendar day (model.md §7). The paper prints (peak − valley)/valley, its numbers fit
/// (peak − valley)/peak better; both are reported, the printed one first.
/// </summary>
/// <param name="OverValley">(L_p − L_v)/L_v, dimensionless; NaN where the valley is not positive.</param>
/// <param name="OverPeak">(L_p − L_v)/L_p, dimensionless; NaN where the peak is not positive.</param>
public readonly record struct Pvdr(double OverValley, double OverPeak)
{
    /// <summary>PVDR of a load curve, any unit; NaN for an empty one.</summary>
    public static Pvdr Of(ReadOnlySpan<double> load)
    {
        if (load.IsEmpty) return new Pvdr(double.NaN, double.NaN);
        double peak = double.NegativeInfinity, valley = double.PositiveInfinity;
        foreach (double value in load)
        {
            peak = Math.Max(peak, value);
            valley = Math.Min(valley, value);
        }
        return new Pvdr(
            valley > 0 ? (peak - valley) / valley : double.NaN,
            peak > 0 ? (peak - valley) / peak : double.NaN);
    }
}
