namespace Movc.Studies.Points;

/// <summary>Satisfaction of the departures of vehicles that take part (MOVC Eq. 40).</summary>
/// <param name="Departures">How many, of the vehicles simulated.</param>
/// <param name="Mean">0 to 1; 1 where there is no departure.</param>
/// <param name="Full">Share of departures at 1.</param>
/// <param name="Lowest">The least of all.</param>
/// <param name="Histogram">Share of departures in each of twenty equal bins from 0 to 1, the last with 1 in it.</param>
public sealed record SatisfactionFigures(long Departures, double Mean, double Full, double Lowest, IReadOnlyList<double> Histogram);
