using Movc.Studies.Estimation.Fit;
using Movc.Studies.Estimation.Input;

namespace Movc.Studies.Estimation;

/// <summary>A finished estimation.</summary>
/// <param name="Counts">What became of the records.</param>
/// <param name="Tracks">The records.</param>
/// <param name="Raw">What they tell as they stand.</param>
/// <param name="Population">What they tell once the effect of sampling is taken out.</param>
/// <param name="Check">What the same estimator makes of simulated drivers of that population, seen as the users were: it should be as <paramref name="Raw"/>.</param>
/// <param name="Area">Where the city is.</param>
internal sealed record Estimate(InputCounts Counts, UserTracks Tracks, RawEstimate Raw, PopulationFit Population, RawEstimate Check, CityArea Area);
