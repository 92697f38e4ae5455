using Movc.Domain.Operators;
using Movc.Domain.Time;

namespace Movc.Output;

/// <summary>What a district's vehicles drew in a period, against the limits that stood.</summary>
/// <param name="District">Its name.</param>
/// <param name="Kw">Mean power of each interval, kW, charging positive.</param>
/// <param name="Limited">Intervals that were limited throughout: a limit counts from the first interval that begins after its order.</param>
/// <param name="Over">Of those, over their limit.</param>
/// <param name="MostOverKw">By how much at most, kW; 0 = never.</param>
/// <param name="MostOverAt">When; null = never.</param>
internal sealed record DistrictPast(string District, double[] Kw, int Limited, int Over, double MostOverKw, DateTimeOffset? MostOverAt)
{
    /// <summary>Power is settled on whole watts.</summary>
    private const double ToleranceKw = 0.001;

    public static DistrictPast Of(string district, long fromMs, double[] kw, IReadOnlyList<OperatorEntry> orders)
    {
        OperatorEntry[] own = [.. orders.Where(o => o.Action is OperatorEntry.Limit or OperatorEntry.Unlimit && string.Equals(o.Name, district, StringComparison.Ordinal))];
        int limited = 0, over = 0;
        (double Kw, DateTimeOffset? At) most = (0, null);
        for (int t = 0; t < kw.Length; t++)
        {
            DateTimeOffset at = DateTimeOffset.FromUnixTimeMilliseconds(fromMs + (t * Slots.Ms));
            // An order given while an interval runs takes effect with the next plan, and until then the one before it stands.
            OperatorEntry? order = Array.FindLast(own, o => o.At <= at);
            if (order is null || order.Action is OperatorEntry.Unlimit) continue;
            limited++;
            double beyondKw = Math.Max(kw[t] - (order.ImportKw ?? double.PositiveInfinity), -kw[t] - (order.ExportKw ?? double.PositiveInfinity));
            if (beyondKw <= ToleranceKw) continue;
            over++;
            if (beyondKw > most.Kw) most = (beyondKw, at);
        }
        return new DistrictPast(district, kw, limited, over, most.Kw, most.At);
    }
}
