using System.Globalization;
using Movc.Domain.Randomness;
using Movc.Domain.Simulation;
using Movc.Domain.Time;
using Movc.Ingest.Simulation.Parameters;
using Movc.Ingest.Simulation.People;
using Movc.Studies.Validation;

namespace Movc.Bench;

/// <summary>Speed and memory of the simulated people: eight weeks of a city under Charge Only with all sums of the validation.</summary>
internal static class PeopleBench
{
    private const int WeekSlots = 7 * Slots.PerDay;
    private static readonly int[] Sizes = [48_000, 480_000, 1_020_000];

    public static Report Measure(BenchOptions options, Action<string> say, CancellationToken cancellationToken)
    {
        double loadBefore = Machine.LoadAverage();
        PeopleModel people = CityPeople.Of(CityParameterFile.BuiltIn("shenzhen"));
        var figures = new List<Figure>();
        int[] sizes = options.Quick ? [500, 2_000] : Sizes;
        // The first run of a process also compiles the code and draws the city's tables.
        Seconds(people, sizes[0], options.Seed, 0, "warm-up", say, cancellationToken);
        var perVehicle = new List<double>();
        foreach (int vehicles in sizes)
        {
            string name = string.Create(CultureInfo.InvariantCulture, $"{vehicles:N0} × {CityValidation.Weeks} weeks");
            List<double> seconds = [.. Enumerable.Range(0, options.Runs).Select(run => Seconds(people, vehicles, options.Seed + run, 0, name, say, cancellationToken))];
            bool judged = vehicles == 480_000 && !options.Quick;
            figures.Add(Figure.Of($"{name}, all {Environment.ProcessorCount} processors", "s", seconds, atMost: judged ? 90 : null));
            perVehicle.Add(Figure.Quantile(seconds, .5) / vehicles);
            if (vehicles == sizes[^1]) continue;
            double one = Seconds(people, vehicles, options.Seed, 1, name + ", one thread", say, cancellationToken);
            figures.Add(Figure.Of($"{name}, one thread", "s", [one]));
            figures.Add(Figure.Of($"{name}, one thread", "ns a vehicle-slot", [one / vehicles / (CityValidation.Weeks * WeekSlots) * 1e9], atMost: judged ? 46 : null));
        }
        figures.Add(Figure.Of(
            string.Create(CultureInfo.InvariantCulture, $"time a vehicle at {sizes[^1]:N0} over that at {sizes[0]:N0}"), "", [perVehicle[^1] / perVehicle[0]], atMost: options.Quick ? null : 1.3));
        figures.Add(Figure.Of("a life once warm: allocated", "B", [Allocated(people, options.Seed)], atMost: 0));
        int large = options.Quick ? sizes[^1] : 480_000;
        say("memory, in a process of its own");
        figures.Add(Figure.Of(
            string.Create(CultureInfo.InvariantCulture, $"{large:N0}, every charging case: peak memory of movc validate"), "MB",
            [ProcessMemory.PeakMb(options.Program, ["validate", "--vehicles", large.ToString(CultureInfo.InvariantCulture), "--json"], mayMissTargets: true, cancellationToken)],
            atMost: options.Quick ? null : 3_000));
        string[] notes =
        [
            "Shenzhen's people under Charge Only with all sums of movc validate; seconds from the people, their tables warm, to the sums.",
            .. options.Quick ? ["Quick: small fleets, nothing is judged."] : Array.Empty<string>(),
            Machine.LoadNote(loadBefore),
        ];
        return new Report(
            "people", "Eight weeks of a city's people: where they drive, when they charge.", Machine.Here(options.DataFolder),
            TimeProvider.System.GetUtcNow().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), figures, notes);
    }

    private static double Seconds(PeopleModel people, int vehicles, long seed, int threads, string name, Action<string> say, CancellationToken cancellationToken)
    {
        long started = TimeProvider.System.GetTimestamp();
        CityValidation.Simulate(
            people, vehicles, seed, threads, done => say(string.Create(CultureInfo.InvariantCulture, $"{name}: {100L * done / vehicles} %")), cancellationToken);
        return TimeProvider.System.GetElapsedTime(started).TotalSeconds;
    }

    /// <summary>Bytes allocated by a vehicle's life after others have warmed everything.</summary>
    private static double Allocated(PeopleModel people, long seed)
    {
        const int vehicles = 200;
        var life = new VehicleLife(people);
        void Live()
        {
            for (int v = 0; v < vehicles; v++) life.Live(CounterRandom.VehicleKey(seed, v), 0, CityValidation.Weeks * WeekSlots);
        }
        Live();
        long before = GC.GetAllocatedBytesForCurrentThread();
        Live();
        return (GC.GetAllocatedBytesForCurrentThread() - before) / (double)vehicles;
    }
}
