using Movc.Ingest.Simulation.Parameters;
using Movc.Ingest.Simulation.People;
using Movc.Studies.Dispatch;
using Movc.Studies.Weeks;

namespace Movc.Studies.Tests;

/// <summary>Small weeks of Shenzhen that the tests share; a week is immutable.</summary>
internal static class SmallWeeks
{
    public static CityParameters Shenzhen { get; } = CityParameterFile.BuiltIn("shenzhen");

    /// <summary>Two parts of vehicles, so that merging is part of every test.</summary>
    public static SimulatedWeek Base { get; } = Simulate(new WeekSettings { Vehicles = 5000, Seed = 3, Days = 3 });

    public static SimulatedWeek Simulate(WeekSettings settings, int threads = 0) =>
        WeekSimulation.Run(WeekSimulation.PeopleOf(Shenzhen, settings), settings, threads, _ => { }, TestContext.Current.CancellationToken);

    public static WeekProblem Problem(SimulatedWeek week, StrategyMix strategy = StrategyMix.Willing, double gamma = 1, double satisfaction = 0, int threads = 0) => WeekProblem.Of(
        week,
        new WeekProblemOptions
        {
            LoadKw = WeekLoad.Of(Shenzhen, week.Settings.Vehicles, Ingest.Simulation.Season.Winter, week.Settings.Days),
            Willingness = CityPeople.WillingnessOf(Shenzhen, gamma),
            Strategy = strategy,
            Satisfaction = satisfaction,
        },
        threads, TestContext.Current.CancellationToken);
}
