namespace Movc.RollingOptimizer.Setpoints;

/// <summary>What the vehicles at a district's plugs may draw and deliver together, as an operator ordered it.</summary>
/// <param name="District">Index of the district.</param>
/// <param name="Name">Its name.</param>
/// <param name="ImportKw">Most that they may draw, kW, 0 or more; +∞ = not limited.</param>
/// <param name="ExportKw">Most that they may deliver, kW, 0 or more; +∞ = not limited.</param>
public sealed record DistrictLimit(int District, string Name, double ImportKw, double ExportKw)
{
    /// <summary>By so much more than planned may be drawn before the next plan, kW, 0 or more: kept free.</summary>
    public double RiseKw { get; init; }

    /// <summary>By so much less than planned, kW, 0 or more: kept free under what may be delivered.</summary>
    public double DropKw { get; init; }
}
