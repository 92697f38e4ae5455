using Movc.Domain.Time;

namespace Movc.RollingOptimizer.Horizon;

/// <summary>
/// The instant of a horizon at which its vehicles must hold what Charge Only would have left in them. Not the end: there it may be
/// evening, when a fleet that shifts energy from the night to the evening is naturally low, and a plan that had to be full then would
/// hoard all day. It is the morning, when a store that evens out the load is naturally highest.
/// </summary>
internal static class HorizonAnchor
{
    /// <summary>Boundary of a slot, 1 to the number of slots, within the horizon's last day.</summary>
    /// <param name="loadKw">What the city is expected to draw, kW per slot.</param>
    public static int Of(ReadOnlySpan<double> loadKw)
    {
        int from = Math.Max(0, loadKw.Length - Slots.PerDay);
        double mean = 0;
        foreach (double kw in loadKw[from..]) mean += kw / (loadKw.Length - from);
        double stored = 0, highest = 0;
        int anchor = loadKw.Length;
        for (int t = from; t < loadKw.Length; t++)
        {
            stored += mean - loadKw[t];
            if (stored < highest) continue;
            (highest, anchor) = (stored, t + 1);
        }
        return anchor;
    }
}
