using System.Globalization;
using Movc.Domain.Charging;
using Movc.Studies.Points;

namespace Movc.Studies.Sweeps;

/// <summary>Short names of points for people: what differs among the points of a study, and nothing else.</summary>
public static class PointNames
{
    /// <summary>Name of a point.</summary>
    /// <param name="point">The point.</param>
    /// <param name="among">All points of its study.</param>
    public static string Of(StudyPoint point, IReadOnlyList<StudyPoint> among)
    {
        var parts = new List<string>();
        void Part(Func<StudyPoint, string> text)
        {
            if (among.Any(other => !string.Equals(text(other), text(point), StringComparison.Ordinal))) parts.Add(text(point));
        }
        Part(p => Path.GetFileNameWithoutExtension(p.City));
        Part(p => p.Season.ToString().ToLowerInvariant());
        Part(p => StrategyOf(p));
        Part(p => Invariant($"γ {p.Gamma:0.###}"));
        Part(p => Invariant($"e {p.Satisfaction:0.###}"));
        Part(p => CaseOf(p.Case));
        Part(p => Invariant($"QC at home {p.QuickAtHomeShare:0.#%}"));
        Part(p => Invariant($"{p.Fleet:#,0} EVs"));
        Part(p => Invariant($"λ {p.Lambda:0.###}"));
        return parts.Count > 0 ? string.Join(", ", parts) : Invariant($"{Path.GetFileNameWithoutExtension(point.City)}, {point.Season.ToString().ToLowerInvariant()}");
    }

    private static string StrategyOf(StudyPoint point) => point.Strategy switch
    {
        Dispatch.StrategyMix.Willing => "owners' choice",
        Dispatch.StrategyMix.Vws => "all VWS",
        Dispatch.StrategyMix.Vwc => "all VWC",
        _ => "all smart charging",
    };

    private static string CaseOf(ChargingCase which) => which switch
    {
        ChargingCase.Base => "base case",
        ChargingCase.Anxious => "case 1, anxious",
        ChargingCase.Unconcerned => "case 2, unconcerned",
        ChargingCase.Power => "case 3, likes power",
        ChargingCase.PublicAtHomePrice => "case 4, public at home price",
        _ => "case 5, ignores prices",
    };

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
