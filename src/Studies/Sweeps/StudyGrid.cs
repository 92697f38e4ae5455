using Movc.Domain.Charging;
using Movc.Domain.Dispatch;
using Movc.Ingest.Simulation;
using Movc.Studies.Dispatch;
using Movc.Studies.Points;

namespace Movc.Studies.Sweeps;

/// <summary>Every combination of some values of everything that a study varies, in the order of the lists, the last one fastest.</summary>
public sealed record StudyGrid
{
    /// <summary>Names or parameter files.</summary>
    public IReadOnlyList<string> Cities { get; init; } = ["shenzhen"];

    public IReadOnlyList<Season> Seasons { get; init; } = [Season.Summer];

    public IReadOnlyList<StrategyMix> Strategies { get; init; } = [StrategyMix.Willing];

    /// <summary>γ; null = the city's own.</summary>
    public IReadOnlyList<double?> Gammas { get; init; } = [null];

    public IReadOnlyList<double> Satisfactions { get; init; } = [0];

    public IReadOnlyList<ChargingCase> Cases { get; init; } = [ChargingCase.Base];

    /// <summary>Shares of vehicles that can charge quickly at home too.</summary>
    public IReadOnlyList<double> QuickAtHomeShares { get; init; } = [0];

    /// <summary>EVs in the city; null = the city's own number.</summary>
    public IReadOnlyList<int?> Fleets { get; init; } = [null];

    public IReadOnlyList<double> Lambdas { get; init; } = [DispatchParameters.Lambda];

    /// <summary>How many points it has.</summary>
    public int Count => Cities.Count * Seasons.Count * Strategies.Count * Gammas.Count * Satisfactions.Count * Cases.Count * QuickAtHomeShares.Count * Fleets.Count * Lambdas.Count;

    /// <summary>The points.</summary>
    /// <param name="settings">What all of them share.</param>
    /// <param name="city">Parameters of a city by its name.</param>
    public IEnumerable<StudyPoint> Points(StudySettings settings, Func<string, Ingest.Simulation.Parameters.CityParameters> city) =>
        from name in Cities
        from season in Seasons
        from strategy in Strategies
        from gamma in Gammas
        from satisfaction in Satisfactions
        from which in Cases
        from quick in QuickAtHomeShares
        from fleet in Fleets
        from lambda in Lambdas
        select new StudyPoint
        {
            City = name,
            Season = season,
            Strategy = strategy,
            Gamma = gamma ?? city(name).Willingness.Gamma,
            Satisfaction = satisfaction,
            Case = which,
            QuickAtHomeShare = quick,
            Fleet = fleet ?? city(name).CityVehicles,
            Lambda = lambda,
            Sample = settings.Sample,
            Days = settings.Days,
            Seed = settings.Seed,
            FinalFloor = settings.FinalFloor,
            Batches = settings.Batches,
        };
}
