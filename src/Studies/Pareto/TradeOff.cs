using Movc.Studies.Points;

namespace Movc.Studies.Pareto;

/// <summary>Something that load balance is bought with.</summary>
/// <param name="Key">For files.</param>
/// <param name="Title">For people, with its unit.</param>
/// <param name="MoreIsBetter">False: less is.</param>
/// <param name="Of">Its value of a point.</param>
public sealed record TradeOff(string Key, string Title, bool MoreIsBetter, Func<PointResult, double> Of)
{
    /// <summary>What the paper's authors name as missing.</summary>
    public static IReadOnlyList<TradeOff> All { get; } =
    [
        new("compensation", "compensation, million RMB a week", MoreIsBetter: false, p => p.CompensationRmb * 7 / p.Point.Days / 1e6),
        new("degradation", "wear beyond Charge Only, million RMB a week", MoreIsBetter: false, p => p.ExtraDegradationRmb * 7 / p.Point.Days / 1e6),
        new("satisfaction", "mean satisfaction of departures", MoreIsBetter: true, p => p.Satisfaction.Mean),
    ];
}
