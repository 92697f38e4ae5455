namespace Movc.Ingest.Simulation.Parameters;

/// <summary>One Gaussian over (start, duration) of a block away from home, minutes and square minutes (model.md §3).</summary>
public sealed record BlockMixtureComponent(
    double Weight,
    double StartMeanMin,
    double DurationMeanMin,
    double StartVarianceMin2,
    double CovarianceMin2,
    double DurationVarianceMin2);
