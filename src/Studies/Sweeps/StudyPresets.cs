using Movc.Domain.Charging;
using Movc.Ingest.Simulation;
using Movc.Studies.Dispatch;

namespace Movc.Studies.Sweeps;

/// <summary>
/// The paper's experiments, and the fronts that it names as missing. The paper's figures are not at hand: which experiment stands under
/// which number is our reading [G] of its text, what each varies is stated there [S]. Compare by experiment, not by number.
/// </summary>
public static class StudyPresets
{
    private static readonly Season[] AllSeasons = [Season.Spring, Season.Summer, Season.Fall, Season.Winter];
    private static readonly double?[] Compensations = [0.5, 1, 1.5, 2];

    /// <summary>All of them, in order.</summary>
    public static IReadOnlyList<StudyPlan> All { get; } =
    [
        new(
            "paper-fig4", "Strategies in the four seasons",
            "What do VWC, VWS and the owners' own choice do to the city's load, season by season?",
            [new StudyGrid { Seasons = AllSeasons, Strategies = [StrategyMix.Vwc, StrategyMix.Vws, StrategyMix.Willing], Gammas = [1] }]),
        new(
            "paper-fig5", "Fleets of different size",
            "How does the effect grow with the number of EVs beside the same city?",
            [new StudyGrid { Seasons = [Season.Summer, Season.Winter], Gammas = [1], Fleets = [120_000, 240_000, 360_000, 480_000, 760_000] }]),
        new(
            "paper-fig6", "Compensation in the four seasons",
            "What does a higher compensation buy: participation, peak shaving, valley filling, and at what cost?",
            [new StudyGrid { Seasons = AllSeasons, Gammas = Compensations }]),
        new(
            "paper-fig7", "Satisfaction threshold",
            "What does it cost the city to promise drivers a share of the energy that they would have had?",
            [new StudyGrid { Seasons = [Season.Summer, Season.Winter], Gammas = [1], Satisfactions = [0, 0.2, 0.4, 0.6, 0.8, 1] }]),
        new(
            "paper-fig8", "Charging habits and quick charging",
            "How much does the answer depend on how people weigh charging, and on quick charging at home?",
            [
                new StudyGrid { Gammas = [1], Cases = [ChargingCase.Base, ChargingCase.Anxious, ChargingCase.Unconcerned, ChargingCase.Power, ChargingCase.PublicAtHomePrice, ChargingCase.IgnoresPrice] },
                new StudyGrid { Gammas = [1], QuickAtHomeShares = [0, 0.25, 0.5, 0.75, 1] },
            ]),
        new(
            "paper-fig9", "Four cities",
            "What would the private EVs of 2024 do for Shenzhen, Beijing, Shanghai and Guangzhou?",
            [
                new StudyGrid { Gammas = [1], Fleets = [760_000] },
                new StudyGrid { Cities = ["beijing"], Gammas = [1], Fleets = [640_000] },
                new StudyGrid { Cities = ["shanghai"], Gammas = [1], Fleets = [1_020_000] },
                new StudyGrid { Cities = ["guangzhou"], Gammas = [1], Fleets = [650_000] },
            ]),
        new(
            "pareto", "What load balance costs",
            "How do load balance, compensation, degradation and satisfaction trade against each other?",
            [
                new StudyGrid { Gammas = [0.25, 0.5, 0.75, 1, 1.5, 2] },
                new StudyGrid { Gammas = [1], Lambdas = [0.11, 0.15, 0.25, 0.4, 0.6, 0.8, 0.95] },
                new StudyGrid { Gammas = [1], Satisfactions = [0, 0.5, 0.7, 0.8, 0.9, 1] },
                new StudyGrid { Gammas = [0.5, 2], Lambdas = [0.15, 0.4], Satisfactions = [0.5, 0.9] },
            ]),
    ];
}
