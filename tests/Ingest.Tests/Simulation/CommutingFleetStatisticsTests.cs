using Movc.Domain.Events;
using Movc.Domain.Fleet;
using Movc.Ingest.Simulation;

namespace Movc.Ingest.Tests.Simulation;

public sealed class CommutingFleetStatisticsTests
{
    private const int Vehicles = 20_000;

    [Theory]
    [InlineData(0.5, 0.158655)]
    [InlineData(1, 0.5)]
    [InlineData(1.5, 0.841345)]
    [InlineData(2, 0.977250)]
    public void Consent_follows_the_normal_damage_cost_and_the_three_strategies_are_all(double gamma, double share)
    {
        var list = new EventList();
        Fleets.Fleet(Vehicles, 31, gamma: gamma).PlayInitial(list);
        var registered = list.Events.Where(e => e.Event.Type == VehicleEventType.Registered).Select(e => e.Event.Consent!.Value).ToList();
        registered.Count.ShouldBe(Vehicles);
        int vws = registered.Count(c => c == V2gStrategy.WhenStaying), vwc = registered.Count(c => c == V2gStrategy.WhenCharging);
        Within(vws, Vehicles, share);
        // Asked second and independently: the same share of those who did not join VWS.
        Within(vwc, Vehicles, (1 - share) * share);
        (vws + vwc + registered.Count(c => c == V2gStrategy.ChargeOnly)).ShouldBe(Vehicles);
    }

    [Fact]
    public void Models_workplaces_and_districts_have_their_shares()
    {
        EventList list = Fleets.Run(Fleets.Fleet(Vehicles, 8), 7);
        foreach (var model in Fleets.Shenzhen.Models.GroupBy(m => m.CapacityWh))
            Within(list.Events.Count(e => e.Event.CapacityWh == model.Key), Vehicles, model.Sum(m => m.Share));
        int atWork = list.Events.Where(e => e.Event.Place == PlaceKind.Work).Select(e => e.Vehicle).Distinct(StringComparer.Ordinal).Count();
        // Seven days show all but a ten-thousandth of the commuters.
        Within(atWork, Vehicles, 0.708);

        // Dapeng lies alone in the east: every home beyond 114.43° E is its own.
        int east = list.Events.Count(e => e.Event.Type == VehicleEventType.Registered && e.Event.LongitudeE7 > 1_144_300_000);
        Within(east, Vehicles, 0.156 / Fleets.Shenzhen.Districts.Sum(d => d.PopulationMillions), sigmas: 6);
    }

    [Fact]
    public void Most_vehicles_are_parked_at_every_hour_of_the_week()
    {
        CommutingFleet fleet = Fleets.Fleet(5_000, 12);
        EventList list = Fleets.Run(fleet, 7);
        int driving = 0;
        double sumHours = 0, worst = 0;
        long atMs = fleet.StartMs;
        foreach (var (_, e) in list.Events)
        {
            if (e.OccurredAtMs > atMs)
            {
                sumHours += driving * (e.OccurredAtMs - atMs) / (double)Fleets.HourMs;
                worst = Math.Max(worst, driving);
                atMs = e.OccurredAtMs;
            }
            if (e.Type == VehicleEventType.Departed) driving++;
            if (e.Type == VehicleEventType.Arrived) driving--;
        }
        (1 - sumHours / (5_000 * 168.0)).ShouldBeGreaterThan(0.8);
        (1 - worst / 5_000).ShouldBeGreaterThan(0.6);
    }

    [Fact]
    public void Work_starts_and_durations_follow_the_mixture()
    {
        // Tuesdays alone: Monday to Friday are alike, and a day off does not shift the shape.
        CommutingFleet fleet = Fleets.Fleet(Vehicles, 21);
        var list = new EventList();
        long tuesdayMs = fleet.StartMs + Fleets.DayMs;
        fleet.Play(tuesdayMs, tuesdayMs + 2 * Fleets.DayMs, list);
        var starts = new List<double>();
        var durations = new List<double>();
        var arrivals = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var (vehicle, e) in list.Events)
        {
            if (e is { Type: VehicleEventType.Arrived, Place: PlaceKind.Work } && e.OccurredAtMs < tuesdayMs + Fleets.DayMs)
            {
                starts.Add((e.OccurredAtMs - tuesdayMs) / (double)Fleets.MinuteMs);
                arrivals[vehicle] = e.OccurredAtMs;
            }
            if (e is { Type: VehicleEventType.Departed, Place: PlaceKind.Work } && arrivals.Remove(vehicle, out long since))
                durations.Add((e.OccurredAtMs - since) / (double)Fleets.MinuteMs);
        }
        Within(starts.Count, Vehicles, 0.708 * 0.829, sigmas: 6);

        (double[] wantedStarts, double[] wantedDurations) = Mixture(200_000);
        KolmogorovSmirnov(starts, wantedStarts).ShouldBeLessThan(0.02);
        KolmogorovSmirnov(durations, wantedDurations).ShouldBeLessThan(0.02);
    }

    [Fact]
    public void Weekends_are_quieter_than_weekdays()
    {
        CommutingFleet fleet = Fleets.Fleet(Vehicles, 22);
        int WorkArrivals(int day)
        {
            var list = new EventList();
            fleet.Play(fleet.StartMs + day * Fleets.DayMs, fleet.StartMs + (day + 1) * Fleets.DayMs, list);
            return list.Events.Count(e => e.Event is { Type: VehicleEventType.Arrived, Place: PlaceKind.Work });
        }

        double ratio = WorkArrivals(5) / (double)WorkArrivals(2);
        ratio.ShouldBe(0.354 / 0.829, 0.03);
    }

    /// <summary>The published mixture drawn by other means: System.Random and polar normals.</summary>
    private static (double[] Starts, double[] Durations) Mixture(int draws)
    {
        var random = new Random(99);
        double Normal()
        {
            while (true)
            {
                double x = 2 * random.NextDouble() - 1, y = 2 * random.NextDouble() - 1, s = x * x + y * y;
                if (s is > 0 and < 1) return x * Math.Sqrt(-2 * Math.Log(s) / s);
            }
        }

        (double W, double S, double D, double Vss, double Vsd, double Vdd)[] parts =
        [
            (.295, 474, 450, 8459, -9434, 36040), (.534, 455, 540, 3367, -1123, 2681), (.172, 770, 396, 48036, -15435, 68729),
        ];
        var starts = new List<double>();
        var durations = new List<double>();
        while (starts.Count < draws)
        {
            double u = random.NextDouble() * 1.001;
            var part = u < .295 ? parts[0] : u < .829 ? parts[1] : parts[2];
            double z = Normal();
            double start = part.S + Math.Sqrt(part.Vss) * z;
            double duration = part.D + part.Vsd / part.Vss * (start - part.S) + Math.Sqrt(part.Vdd - part.Vsd * part.Vsd / part.Vss) * Normal();
            if (start is < 0 or >= 1440 || duration is < 30 or > 1200) continue;
            starts.Add(start);
            durations.Add(duration);
        }
        return ([.. starts], [.. durations]);
    }

    private static double KolmogorovSmirnov(List<double> sample, double[] reference)
    {
        double[] a = [.. sample.Order()];
        double[] b = [.. reference.Order()];
        double worst = 0;
        int j = 0;
        for (int i = 0; i < a.Length; i++)
        {
            while (j < b.Length && b[j] <= a[i]) j++;
            worst = Math.Max(worst, Math.Abs((i + 1.0) / a.Length - (double)j / b.Length));
        }
        return worst;
    }

    private static void Within(int count, int of, double share, double sigmas = 4) =>
        Math.Abs(count - of * share).ShouldBeLessThan(sigmas * Math.Sqrt(of * share * (1 - share)), $"{count} of {of}, expected {share:0.####}");
}
