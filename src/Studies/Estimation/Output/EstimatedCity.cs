using System.Globalization;
using System.Text.Json.Nodes;
using Movc.Domain;
using Movc.Ingest.Simulation.Parameters;
using Movc.Studies.Estimation.Fit;

namespace Movc.Studies.Estimation.Output;

/// <summary>A city's parameter file with the estimated values in place of the base's, each marked [E]; whatever was not estimated stays as it stood, with its mark.</summary>
internal static class EstimatedCity
{
    private const string Mark = "E";

    /// <summary>The file's text; reading it back gives a city that can be simulated.</summary>
    /// <param name="baseText">Text of the base's file.</param>
    /// <param name="city">The base.</param>
    /// <param name="name">Key of the new city: small letters, digits and hyphens.</param>
    /// <param name="fleet">Vehicles of the new city; null = the base's.</param>
    /// <param name="estimate">What was estimated.</param>
    /// <param name="source">Where it comes from, for the notes.</param>
    /// <exception cref="InputException">The result is no city: the message says what is wrong with it.</exception>
    public static string Of(string baseText, CityParameters city, string name, int? fleet, Estimate estimate, string source)
    {
        JsonObject root = CityDocument.Open(baseText, name, source);
        PopulationFit p = estimate.Population;
        if (fleet is { } vehicles) Set(root, "fleet.cityVehicles", vehicles, "G", "the wanted fleet, as stated when the file was made");
        string from = string.Create(CultureInfo.InvariantCulture, $"{estimate.Raw.Histories.Count} users of {source}");
        Set(root, "fleet.workplaceShare", p.WorkplaceShare, Mark, from);
        Set(root, "mobility.toursPerWeek", p.ToursPerWeek.Median, Mark, "median of n_w; " + from);
        Set(root, "mobility.toursSigma", p.ToursPerWeek.Sigma, Mark, "of the logarithm of n_w");
        Set(root, "mobility.dwellRate", p.DwellRate.Median, Mark, "median of beta1");
        Set(root, "mobility.dwellSigma", p.DwellRate.Sigma, Mark, "of the logarithm of beta1");
        Set(root, "mobility.burstRate", p.BurstRate.Median, Mark, "median of beta2");
        Set(root, "mobility.burstSigma", p.BurstRate.Sigma, Mark, "of the logarithm of beta2");
        SetIf(root, "mobility.explorationRate", p.ExplorationRate, "rho of P_new = rho S^-gamma");
        SetIf(root, "mobility.explorationDecay", p.ExplorationDecay, "gamma of P_new = rho S^-gamma");
        Set(root, "mobility.distanceShape", p.DistanceShape, Mark, "alpha of the gamma densities of the distance from the present place");
        SetIf(root, "mobility.otherDistance", p.MedianOtherDistanceKm, "mean of the density for a new Other, straight line, of the middle group");
        SetIf(root, "mobility.workDistance", p.WorkDistanceKm, "mean of the density from home to work, straight line, of the middle group");
        Rhythm(root, "rhythm", p.RhythmWithWork, "P(t) by hour of those with a workplace, work trips left out");
        Rhythm(root, "rhythmWithoutWork", p.RhythmWithoutWork, "P(t) by hour of those without a workplace");
        if (double.IsFinite(p.MedianOtherDistanceKm))
        {
            Table(root, "travel", "distanceGroups", "five equal groups of drivers; mean distances are multiplied by exp(spread * z)", [("z", "1")], p.OtherDistanceKm.Select(km => new JsonArray(Rounded(Math.Log(km / p.MedianOtherDistanceKm)))));
            Set(root, "travel.distanceSpread", 1, Mark, "the groups' z are the logarithms themselves");
        }
        Work(root, estimate.Raw.Work);
        Regions(root, city, estimate);
        return CityDocument.Close(root, name);
    }

    private static void Work(JsonObject root, WorkFit work)
    {
        SetIf(root, "work.probabilityWeekday", work.Weekday, "share of the days seen on which a driver with a workplace is there");
        SetIf(root, "work.probabilityWeekend", work.Weekend, "the same on Saturday and Sunday");
        if (work.Components.Count == 0) return;
        Table(
            root, "work", "blocks", "Gaussian mixture of (start, duration) of the work block in minutes",
            [("weight", "1"), ("startMean", "min"), ("durationMean", "min"), ("startVariance", "min2"), ("covariance", "min2"), ("durationVariance", "min2")],
            work.Components.Select(c => new JsonArray(
                Rounded(c.Weight), Rounded(Math.Clamp(c.StartMeanMin, 0, 1439)), Rounded(Math.Clamp(c.DurationMeanMin, 30, 1200)), Rounded(c.StartVarianceMin2), Rounded(c.CovarianceMin2), Rounded(c.DurationVarianceMin2))));
    }

    private static void Regions(JsonObject root, CityParameters city, Estimate estimate)
    {
        double[] homes = new double[estimate.Raw.Regions.Count];
        foreach (Places.UserHistory history in estimate.Raw.Histories) homes[history.Home]++;
        Table(
            root, "regions", "measured", "stay regions found in the records: popularity as a destination, homes by how many users live there",
            [("longitude", "deg"), ("latitude", "deg"), ("district", "text"), ("popularity", "1"), ("homes", "1")],
            Enumerable.Range(0, estimate.Raw.Regions.Count).Where(r => estimate.Raw.Regions.District[r] >= 0).Select(r =>
            {
                (double latitude, double longitude) = estimate.Area.ToDegrees(estimate.Raw.Regions.EastKm[r], estimate.Raw.Regions.NorthKm[r]);
                return new JsonArray(Math.Round(longitude, 6), Math.Round(latitude, 6), city.Districts[estimate.Raw.Regions.District[r]].Name, Rounded(Math.Max(1e-6, estimate.Raw.Popularity[r])), homes[r]);
            }));
    }

    private static void Rhythm(JsonObject root, string name, double[] hours, string note) =>
        Table(root, "mobility", name, note, [("share", "1")], hours.Select(h => new JsonArray(Math.Round(h, 7))));

    private static void Table(JsonObject root, string section, string name, string note, (string Name, string Unit)[] columns, IEnumerable<JsonArray> rows)
    {
        var named = new JsonObject();
        foreach ((string column, string unit) in columns) named[column] = unit;
        root[section]!.AsObject()[name] = new JsonObject { ["mark"] = Mark, ["note"] = note, ["columns"] = named, ["rows"] = new JsonArray([.. rows]) };
    }

    /// <summary>Sets what could be estimated; the rest stays as the base has it.</summary>
    private static void SetIf(JsonObject root, string path, double value, string note)
    {
        if (double.IsFinite(value)) Set(root, path, value, Mark, note);
    }

    private static void Set(JsonObject root, string path, double value, string mark, string note)
    {
        string[] names = path.Split('.');
        JsonObject element = root[names[0]]![names[1]]!.AsObject();
        (element["value"], element["mark"], element["note"]) = (Rounded(value), mark, note);
    }

    /// <summary>Six digits: what follows them is noise.</summary>
    private static double Rounded(double value) => value == 0 ? 0 : double.Parse(value.ToString("G6", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
}
