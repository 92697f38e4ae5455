namespace Movc.Domain.Mobility;

/// <summary>One Gaussian of the mixture of (start, duration) of a work block, minutes (model.md §3).</summary>
public sealed record WorkBlockComponent(
    double Weight, double StartMeanMin, double DurationMeanMin, double StartVarianceMin2, double CovarianceMin2, double DurationVarianceMin2);
