using System.Globalization;
using Movc.Domain.Dispatch;
using Movc.Domain.Mobility;
using Movc.Domain.Simulation;
using Movc.Domain.Time;
using Movc.Ingest.Simulation;
using Movc.Ingest.Simulation.Parameters;
using Movc.Ingest.Simulation.People;
using Movc.Ingest.Time;

namespace Movc.Studies.Instances;

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
        PeopleModel people = CityPeople.Of(city, options.Case, options.Gamma);
        int from = options.WarmUpWeeks * TravelRhythm.SlotsPerWeek, slots = options.Days * Slots.PerDay;
        var chunks = new List<InstanceChunk>();
        int lived = 0;
        FleetSimulation.Run(
            people, options.Seed, options.Vehicles, 0, from + slots + Slots.PerDay, _ => new InstanceChunk(options, people, from),
            (chunk, vehicle, life) => chunk.Add(vehicle, life),
            chunk =>
            {
                chunks.Add(chunk);
                lived = Math.Min(options.Vehicles, lived + FleetSimulation.ChunkVehicles);
                step(string.Create(CultureInfo.InvariantCulture, $"simulating {100L * lived / options.Vehicles} %"));
            },
            options.Threads, cancellationToken);
        return Assemble(city, options, people, chunks, slots);
    }

    private static DispatchInstance Assemble(CityParameters city, ModelInstanceOptions options, PeopleModel people, List<InstanceChunk> chunks, int slots)
    {
        var calendar = new NodaCityCalendar(city.TimeZone);
        var load = new ShapedCityLoad(city, options.Vehicles, options.Season, calendar);
        // The typical week repeats, so any Monday will do.
        long mondayMs = city.DefaultStartMs - (CityDays.Weekday(calendar.DayNumber(city.DefaultStartMs)) * Slots.PerDay * Slots.Ms) - (calendar.MinuteOfDay(city.DefaultStartMs) * 60_000L);
        double[] loadKw = [.. Enumerable.Range(0, slots).Select(t => load.LoadKw(mondayMs + (t * Slots.Ms)) + chunks.Sum(c => c.OthersKw[t]))];
        int[] counts = [.. chunks.SelectMany(c => c.StayCount)];
        int[] offsets = new int[counts.Length + 1];
        for (int i = 0; i < counts.Length; i++) offsets[i + 1] = offsets[i] + counts[i];
        var ids = new VehicleIds(city.IdPrefix, options.Vehicles);
        return new DispatchInstance
        {
            VehicleIds = [.. chunks.SelectMany(c => c.Vehicle).Select(ids.Of)],
            CapacityWh = [.. chunks.SelectMany(c => c.CapacityWh)],
            InitialWh = [.. chunks.SelectMany(c => c.InitialWh)],
            FinalMinWh = [.. chunks.SelectMany(c => c.FinalMinWh)],
            StayOffset = offsets,
            StartSlot = [.. chunks.SelectMany(c => c.StartSlot)],
            EndSlot = [.. chunks.SelectMany(c => c.EndSlot)],
            MaxChargeW = [.. chunks.SelectMany(c => c.MaxChargeW)],
            MaxDischargeW = [.. chunks.SelectMany(c => c.MaxDischargeW)],
            NeededAtDepartureWh = [.. chunks.SelectMany(c => c.NeededWh)],
            TripWhAfter = [.. chunks.SelectMany(c => c.TripWh)],
            LoadKw = loadKw,
            BaselineEvKw = [.. Enumerable.Range(0, slots).Select(t => chunks.Sum(c => c.BaselineKw[t]))],
            DayOfSlot = [.. Enumerable.Range(0, slots).Select(t => t / Slots.PerDay)],
            Efficiency = people.Efficiency,
            Lambda = DispatchParameters.Lambda,
        };
    }
}
