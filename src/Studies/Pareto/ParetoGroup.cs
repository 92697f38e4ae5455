using Movc.Studies.Points;

namespace Movc.Studies.Pareto;

/// <summary>Points of a study that differ in λ, γ and satisfaction threshold alone, and the fronts among them.</summary>
/// <param name="Members">Numbers of the points in the study, from 0.</param>
/// <param name="OnFront">By trade-off, in the order of <see cref="TradeOff.All"/>, then by member.</param>
public sealed record ParetoGroup(IReadOnlyList<int> Members, IReadOnlyList<bool[]> OnFront)
{
    /// <summary>Fewest points that make a front worth looking at.</summary>
    private const int Fewest = 3;

    /// <summary>The groups of a study, those of three points and more.</summary>
    public static IReadOnlyList<ParetoGroup> Of(IReadOnlyList<PointResult> points) =>
    [
        .. Enumerable.Range(0, points.Count)
            .GroupBy(i => points[i].Point with { Gamma = 0, Lambda = 1, Satisfaction = 0 })
            .Where(g => g.Count() >= Fewest)
            .Select(g => Group(points, [.. g])),
    ];

    private static ParetoGroup Group(IReadOnlyList<PointResult> points, int[] members)
    {
        double[] spread = [.. members.Select(i => points[i].After.SpreadMw)];
        return new ParetoGroup(members, [.. TradeOff.All.Select(t =>
            ParetoFront.Of(spread, [.. members.Select(i => t.MoreIsBetter ? -t.Of(points[i]) : t.Of(points[i]))]))]);
    }
}
