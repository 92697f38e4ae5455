using Movc.Domain;
using Movc.Domain.Charging;
using Movc.Domain.Simulation;
using Movc.Domain.Time;
using Movc.Ingest.Simulation.Parameters;
using Movc.Ingest.Simulation.People;

namespace Movc.Studies.Validation;

/// <summary>Simulates a city under every charging case and holds it against the targets in its parameter file.</summary>
public static class CityValidation
{
    /// <summary>Weeks simulated, and how many of them come first and are left out (model.md §3) [S].</summary>
    public const int Weeks = 8, WarmUpWeeks = 2;

    private const int WeekSlots = 7 * Slots.PerDay;

    /// <summary>Runs the validation.</summary>
    /// <param name="city">The parameters.</param>
    /// <param name="vehicles">Size of the simulated fleet; powers are scaled to the city's.</param>
    /// <param name="seeds">One simulation of every case for each.</param>
    /// <param name="threads">0 = all processors; the result is the same for any number.</param>
    /// <param name="step">Told what is being done.</param>
    /// <param name="cancellationToken">Ends the job.</param>
    /// <exception cref="InputException">The city's file has no targets, or names a quantity that is not known.</exception>
    public static ValidationReport Run(
        CityParameters city, int vehicles, IReadOnlyList<long> seeds, int threads, Action<string> step, CancellationToken cancellationToken)
    {
        if (city.Targets.Count == 0) throw new InputException($"{city.City}: its file has no section validation; add the targets to hold the city against");
        var quantities = new SortedDictionary<string, List<double>>(StringComparer.Ordinal);
        PeopleModel people = CityPeople.Of(city);
        foreach (long seed in seeds)
        {
            var cases = new Dictionary<ChargingCase, CaseFacts>();
            foreach (ChargingCase which in city.Charging.Cases.Keys.Order())
            {
                string what = $"seed {seed}, case {which}";
                cases[which] = new CaseFacts(Simulate(people.Weighing(city, which), vehicles, seed, threads, done => step($"{what}: {100L * done / vehicles} %"), cancellationToken), city.CityVehicles);
            }
            foreach ((string name, double value) in Quantities(cases))
            {
                if (!quantities.TryGetValue(name, out List<double>? values)) quantities[name] = values = [];
                values.Add(value);
            }
        }
        return new ValidationReport
        {
            City = city.City,
            Vehicles = vehicles,
            Weeks = Weeks,
            WarmUpWeeks = WarmUpWeeks,
            Seeds = seeds,
            Results = [.. city.Targets.Select(t => Judge(t, quantities, city.City))],
            Quantities = quantities.ToDictionary(q => q.Key, q => (IReadOnlyList<double>)q.Value, StringComparer.Ordinal),
            Assumptions = city.Assumptions,
        };
    }

    /// <summary>Some people's facts over the weeks that count.</summary>
    public static FleetFacts Simulate(
        PeopleModel people, int vehicles, long seed, int threads, Action<int> done, CancellationToken cancellationToken)
    {
        const int from = WarmUpWeeks * WeekSlots, slots = (Weeks - WarmUpWeeks) * WeekSlots;
        var all = new FleetFacts(people, from, slots, firstSlotOfWeek: 0);
        // One day more than counts, so that the last stays know the trips of the 24 hours after them.
        FleetSimulation.Run(
            people, seed, vehicles, 0, from + slots + Slots.PerDay, _ => new FleetFacts(people, from, slots, 0), (facts, _, life) => facts.Add(life),
            facts =>
            {
                all.Merge(facts);
                done(all.Vehicles);
            },
            threads, cancellationToken);
        return all;
    }

    private static TargetVerdict Judge(ValidationTarget target, SortedDictionary<string, List<double>> quantities, string city)
    {
        if (!quantities.TryGetValue(target.Quantity, out List<double>? got))
            throw new InputException($"{city}: validation.targets names '{target.Quantity}'; known are {string.Join(", ", quantities.Keys)}");
        double[] sorted = [.. got.Order()];
        int middle = sorted.Length / 2;
        double median = sorted.Length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
        return new TargetVerdict(target.Quantity, target.Target, target.Low, target.High, median, sorted[0], sorted[^1]);
    }

    private static IEnumerable<(string Name, double Value)> Quantities(Dictionary<ChargingCase, CaseFacts> cases)
    {
        CaseFacts all = cases[ChargingCase.Base];
        (double mw, double hour, double homeShare) = all.Peak;
        yield return ("kmPerDayLowerQuartile", all.KmPerDay(0.25));
        yield return ("kmPerDayMedian", all.KmPerDay(0.5));
        yield return ("kmPerDayUpperQuartile", all.KmPerDay(0.75));
        yield return ("kwhPer100Km", all.Facts.KwhPer100Km);
        yield return ("tripsPerDay", all.Facts.Trips / (all.Facts.Vehicles * all.Facts.Days));
        yield return ("strandedPerTrip", all.Facts.Stranded / (double)all.Facts.Trips);
        yield return ("parkedShareSmallest", cases.Values.Min(c => c.Facts.ParkedShare));
        yield return ("chargeOnlyPeakMw", mw);
        yield return ("chargeOnlyPeakHour", hour);
        yield return ("chargeOnlyPeakHomeShare", homeShare);
        yield return ("storedKwh", all.Facts.StoredKwh);
        yield return ("chargingPotentialKwh", all.Facts.ChargingPotentialKwh);
        yield return ("dischargingPotentialKwh", all.Facts.DischargingPotentialKwh);
        foreach ((ChargingCase which, CaseFacts facts) in cases)
        {
            string name = char.ToLowerInvariant(which.ToString()[0]) + which.ToString()[1..];
            yield return (name + "EventsPerVehicleDay", facts.EventsPerVehicleDay);
            yield return (name + "QuickShare", facts.QuickShare);
            yield return (name + "PeakHour", facts.PeakHour);
            yield return (name + "OtherOverHome", facts.OtherOverHome);
            if (which == ChargingCase.Base) continue;
            yield return (name + "EventsOverBase", facts.EventsPerVehicleDay / all.EventsPerVehicleDay);
            yield return (name + "QuickShareOverBase", facts.QuickShare / all.QuickShare);
        }
    }
}
