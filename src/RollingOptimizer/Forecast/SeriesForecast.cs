namespace Movc.RollingOptimizer.Forecast;

/// <summary>Consecutive slots foretold, with the band in which nine of ten values should lie.</summary>
/// <param name="FromMs">Start of the first slot, Unix milliseconds UTC.</param>
/// <param name="SlotMs">Length of a slot, ms.</param>
/// <param name="Mean">What is expected, a value a slot, in the series' unit.</param>
/// <param name="Low">Lower end of the central 90 % band, never over <paramref name="Mean"/>.</param>
/// <param name="High">Upper end, never under <paramref name="Mean"/>.</param>
public sealed record SeriesForecast(long FromMs, long SlotMs, double[] Mean, double[] Low, double[] High);
