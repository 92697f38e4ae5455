using Movc.Studies.Estimation.Places;

namespace Movc.Studies.Estimation.Fit;

/// <summary>What records tell before it is corrected for what sampling hides.</summary>
/// <param name="Regions">Stay regions.</param>
/// <param name="Histories">Users who tell enough.</param>
/// <param name="Users">Their parameters, in the same order.</param>
/// <param name="LeftOut">Users who do not, by reason.</param>
/// <param name="Population">All of them together.</param>
/// <param name="Popularity">Weight of each region as a destination, mean 1.</param>
/// <param name="Work">When commuters work.</param>
internal sealed record RawEstimate(
    FoundRegions Regions, IReadOnlyList<UserHistory> Histories, UserFit[] Users, IReadOnlyDictionary<UserFault, int> LeftOut, PopulationFit Population, double[] Popularity, WorkFit Work);
