using Movc.Domain.Mobility;
using Movc.Ingest.Simulation.Parameters;
using Movc.Studies.Estimation;
using Movc.Studies.Estimation.Fit;
using Movc.Studies.Estimation.Tracks;

namespace Movc.Studies.Tests.Estimation;

/// <summary>Drivers whose parameters are known, seen by GPS with noise and holes: what is estimated must be what they are. The whole size is `movc bench estimate`'s.</summary>
public sealed class RoundTripTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("movc-round-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Known_drivers_are_found_again()
    {
        SyntheticTracks.Write(SmallWeeks.Shenzhen, new TrackOptions { Users = 400, Seed = 21 }, _folder, _ => { }, TestContext.Current.CancellationToken);
        Estimate estimate = Run(Path.Combine(_folder, SyntheticTracks.Points));
        TruthCheck check = TruthCheck.Of(estimate, Path.Combine(_folder, SyntheticTracks.Truth));
        check.HomesFound.ShouldBeGreaterThan(0.95);
        check.WorksFound.ShouldBeGreaterThan(0.85);
        check.FalseWorks.ShouldBeLessThan(0.1);
        foreach ((string name, double truth, double found) in check.Medians) Math.Abs(found / truth - 1).ShouldBeLessThan(name is "rho" or "gamma" ? 0.25 : 0.15, $"{name}: {truth} but {found}");
        Distributions seen = Distributions.Of(estimate.Raw), simulated = Distributions.Of(estimate.Check);
        Distributions.Distance(seen.Stays, simulated.Stays).ShouldBeLessThan(0.05);
        Distributions.Distance(seen.Trips, simulated.Trips).ShouldBeLessThan(0.12);
        // Without the correction the same records would have told something else.
        Math.Abs(estimate.Raw.Population.MedianOtherDistanceKm / check.Medians.Single(m => m.Name is "otherDistanceKm").Truth - 1).ShouldBeGreaterThan(0.15);
    }

    [Fact]
    public void The_estimated_city_is_one_and_its_people_live_in_it()
    {
        SyntheticTracks.Write(SmallWeeks.Shenzhen, new TrackOptions { Users = 60, Seed = 5, Weeks = 3 }, _folder, _ => { }, TestContext.Current.CancellationToken);
        string output = Directory.CreateDirectory(Path.Combine(_folder, "out")).FullName;
        var options = new EstimationOptions { Inputs = [Path.Combine(_folder, SyntheticTracks.Points)], Drivers = 120 };
        EstimateFolder.Write(output, "shenzhen", "found", 12_345, options, "1.2.3", _ => { }, TestContext.Current.CancellationToken);
        CityParameters city = CityParameterFile.Open(Path.Combine(output, "found.json"));
        city.City.ShouldBe("found");
        city.CityVehicles.ShouldBe(12_345);
        city.Regions.Measured!.Count.ShouldBeGreaterThan(100);
        city.Assumptions.ShouldNotContain(a => a.StartsWith("[G] mobility.", StringComparison.Ordinal));
        city.Assumptions.ShouldContain(a => a.StartsWith("[G] load.", StringComparison.Ordinal));
        Movc.Domain.Simulation.PeopleModel people = Ingest.Simulation.People.CityPeople.Of(city);
        people.Mobility.Regions.Count.ShouldBe(city.Regions.Measured.Count);
        // Homes are where homes were found.
        var homes = city.Regions.Measured.Select((r, i) => (r.Homes, i)).Where(r => r.Homes > 0).Select(r => r.i).ToHashSet();
        for (int v = 0; v < 200; v++) homes.ShouldContain(((TimeGeo)people.Mobility).TraitsOf(Domain.Randomness.CounterRandom.VehicleKey(1, v)).Home);
        // The same once more, byte for byte, on one thread.
        string again = Directory.CreateDirectory(Path.Combine(_folder, "again")).FullName;
        EstimateFolder.Write(again, "shenzhen", "found", 12_345, options with { Threads = 1 }, "1.2.3", _ => { }, TestContext.Current.CancellationToken);
        foreach (string file in (string[])["found.json", "users.csv", "estimate.json", "report.html"])
            File.ReadAllBytes(Path.Combine(again, file)).ShouldBe(File.ReadAllBytes(Path.Combine(output, file)), file);
        string html = File.ReadAllText(Path.Combine(output, "report.html"));
        foreach (string fact in (string[])["1.2.3", "[E]", SmallWeeks.Shenzhen.Hash, "seed 1"]) html.ShouldContain(fact);
        File.ReadLines(Path.Combine(output, "users.csv")).Count().ShouldBeInRange(50, 61);
    }

    [Fact]
    public void Stay_records_tell_the_same_drivers()
    {
        // Every stay of ten minutes and more, as a telephone or a car keeps it; nothing is missing but the short ones.
        var mobility = (TimeGeo)Ingest.Simulation.People.CityPeople.Of(SmallWeeks.Shenzhen).Mobility;
        var life = new LifeTrack(mobility, SmallWeeks.Shenzhen.Travel.SpeedKmPerHour);
        const long monday = 1_658_073_600_000;
        const int weekS = 7 * 86_400, users = 300;
        string file = Path.Combine(_folder, "stays.csv");
        using (var stays = new StreamWriter(file))
        {
            stays.WriteLine("user,start,end,lat,lon");
            for (int u = 0; u < users; u++)
            {
                life.Live(Domain.Randomness.CounterRandom.VehicleKey(31, u), 6 * 1008);
                foreach ((int arrive, int depart, int region) in life.Times)
                {
                    if (arrive < 2 * weekS || depart > 6 * weekS) continue;
                    (long from, long to) = (monday + ((arrive - (2 * weekS)) * 1000L), monday + ((depart - (2 * weekS)) * 1000L));
                    stays.WriteLine(FormattableString.Invariant($"s{u},{from},{to},{mobility.Regions.LatitudeDeg(region):0.000000},{mobility.Regions.LongitudeDeg(region):0.000000}"));
                }
            }
        }
        PopulationFit found = Run(file, 600).Population;
        double[] tours = [.. Enumerable.Range(0, users).Select(u => mobility.TraitsOf(Domain.Randomness.CounterRandom.VehicleKey(31, u)).ToursPerWeek).Order()];
        found.ToursPerWeek.Median.ShouldBe(tours[users / 2], 0.15 * tours[users / 2]);
        found.DwellRate.Median.ShouldBeInRange(6.8, 9.2);
        found.BurstRate.Median.ShouldBeInRange(16, 24);
        found.ExplorationRate.ShouldBeInRange(0.45, 0.75);
        found.MedianOtherDistanceKm.ShouldBeInRange(3, 4.3);
    }

    [Fact]
    public void Drivers_who_move_otherwise_are_told_apart()
    {
        // The check of the checker: another population must not come out as this one.
        string text = CityParameterFile.TextOf("shenzhen").Replace("\"toursPerWeek\": { \"value\": 7.2", "\"toursPerWeek\": { \"value\": 13", StringComparison.Ordinal).Replace("\"dwellRate\": { \"value\": 8", "\"dwellRate\": { \"value\": 4", StringComparison.Ordinal);
        string file = Path.Combine(_folder, "other.json");
        File.WriteAllText(file, text);
        SyntheticTracks.Write(CityParameterFile.Open(file), new TrackOptions { Users = 200, Seed = 3, Weeks = 3 }, _folder, _ => { }, TestContext.Current.CancellationToken);
        PopulationFit found = Run(Path.Combine(_folder, SyntheticTracks.Points), 400).Population;
        found.ToursPerWeek.Median.ShouldBeInRange(10.5, 15.5);
        found.DwellRate.Median.ShouldBeInRange(3.2, 4.9);
    }

    private static Estimate Run(string path, int drivers = 1200) =>
        Estimator.Run(SmallWeeks.Shenzhen, new EstimationOptions { Inputs = [path], Drivers = drivers }, _ => { }, TestContext.Current.CancellationToken);
}
