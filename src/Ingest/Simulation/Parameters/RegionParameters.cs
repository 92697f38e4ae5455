namespace Movc.Ingest.Simulation.Parameters;

/// <summary>How stay regions are laid out where no measured ones are given (model.md §§1, 3).</summary>
/// <param name="Count">2 or more.</param>
/// <param name="AreaShare">Part of the regions spread by the districts' area, the rest by population, 0 to 1.</param>
/// <param name="PopularitySigma">Of the logarithm of a region's popularity.</param>
public sealed record RegionParameters(int Count, double AreaShare, double PopularitySigma)
{
    /// <summary>Measured regions, which take the place of a layout; null where none are given.</summary>
    public IReadOnlyList<MeasuredRegion>? Measured { get; init; }
}
