namespace Movc.Studies.Sweeps;

/// <summary>How a point came about.</summary>
/// <param name="Point">Its number in the study, from 1.</param>
/// <param name="Seconds">Wall time.</param>
/// <param name="Week">Where its simulated week came from: simulated, cached, in memory; or "kept" where the whole answer was there.</param>
public sealed record PointTime(int Point, double Seconds, string Week);
