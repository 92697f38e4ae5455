namespace Movc.Domain.Queries;

/// <summary>How far off something foreseen was, over the intervals in which it was foreseen.</summary>
/// <param name="Intervals">How many.</param>
/// <param name="MeanAbsoluteKw">Mean absolute error, kW; NaN where there are none.</param>
/// <param name="NaiveKw">The same of who would have said that nothing changes: the load of as long before, kW; NaN where that is not known.</param>
public sealed record ForesightError(int Intervals, double MeanAbsoluteKw, double NaiveKw);
