using System.Globalization;
using Movc.Domain.Mobility;
using Movc.Domain.Simulation;
using Movc.Domain.Time;
using Movc.Ingest.Simulation.Parameters;
using Movc.Ingest.Simulation.People;

namespace Movc.Studies.Weeks;

/// <summary>Lives a city's fleet through the warm-up and a week.</summary>
public static class WeekSimulation
{
    /// <summary>The model of people that a week is simulated with.</summary>
    public static PeopleModel PeopleOf(CityParameters city, WeekSettings settings) =>
        CityPeople.Of(city, settings.Case, quickAtHomeShare: settings.QuickAtHomeShare);

    /// <summary>Simulates.</summary>
    /// <param name="people">See <see cref="PeopleOf"/>.</param>
    /// <param name="settings">Which fleet and week.</param>
    /// <param name="threads">0 = all processors; the week is the same for any number.</param>
    /// <param name="step">Told what is being done.</param>
    /// <param name="cancellationToken">Ends the job.</param>
    public static SimulatedWeek Run(PeopleModel people, WeekSettings settings, int threads, Action<string> step, CancellationToken cancellationToken)
    {
        int from = settings.WarmUpWeeks * TravelRhythm.SlotsPerWeek, slots = settings.Days * Slots.PerDay;
        var parts = new List<WeekPart>();
        int lived = 0;
        // A day more than counts, so that the last stays know the trips of the 24 hours after them.
        FleetSimulation.Run(
            people, settings.Seed, settings.Vehicles, 0, from + slots + Slots.PerDay, first => new WeekPartBuilder(people, first, from, slots),
            (part, _, life) => part.Add(life),
            part =>
            {
                parts.Add(part.Build());
                lived = Math.Min(settings.Vehicles, lived + FleetSimulation.ChunkVehicles);
                step(string.Create(CultureInfo.InvariantCulture, $"simulating {100L * lived / settings.Vehicles} %"));
            },
            threads, cancellationToken);
        return new SimulatedWeek(settings, people, parts);
    }
}
