using Movc.Domain.Dispatch;
using Movc.Ingest.Simulation;
using Movc.Ingest.Simulation.Parameters;
using Movc.Ingest.Simulation.People;
using Movc.Studies.Weeks;

namespace Movc.Studies.Dispatch;

/// <summary>A week of a simulated city as one dispatch problem (model.md §6): perfect foresight, the whole fleet at once.</summary>
public static class ModelInstance
{
    /// <summary>Builds the problem.</summary>
    /// <param name="city">The parameters.</param>
    /// <param name="options">Which fleet and week.</param>
    /// <param name="step">Told what is being done.</param>
    /// <param name="cancellationToken">Ends the job.</param>
    /// <returns>Vehicles that take part, with ids as in a live run; the others' Charge Only load is in the city's.</returns>
    public static DispatchInstance Build(CityParameters city, ModelInstanceOptions options, Action<string> step, CancellationToken cancellationToken)
    {
        var settings = new WeekSettings
        {
            Vehicles = options.Vehicles,
            Seed = options.Seed,
            Case = options.Case,
            Days = options.Days,
            WarmUpWeeks = options.WarmUpWeeks,
        };
        SimulatedWeek week = WeekSimulation.Run(WeekSimulation.PeopleOf(city, settings), settings, options.Threads, step, cancellationToken);
        var problem = new WeekProblemOptions
        {
            LoadKw = WeekLoad.Of(city, options.Vehicles, options.Season, options.Days),
            Willingness = CityPeople.WillingnessOf(city, options.Gamma),
            Strategy = options.Strategy,
            Satisfaction = options.Satisfaction,
            FinalFloor = options.FinalFloor,
        };
        WeekProblem built = WeekProblem.Of(week, problem, options.Threads, cancellationToken);
        var ids = new VehicleIds(city.IdPrefix, options.Vehicles);
        return built.Instance with { VehicleIds = [.. built.Vehicle.Select(ids.Of)] };
    }
}
