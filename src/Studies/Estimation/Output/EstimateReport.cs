using System.Globalization;
using OxyPlot;
using Movc.Ingest.Simulation.Parameters;
using Movc.Studies.Estimation.Fit;
using Movc.Studies.Estimation.Input;
using Movc.Studies.Report;

namespace Movc.Studies.Estimation.Output;

/// <summary>An estimation as one page.</summary>
internal static class EstimateReport
{
    /// <summary>The page.</summary>
    public static string Of(Estimate e, CityParameters city, EstimationOptions options, string version)
    {
        HtmlText page = ReportPage.Open(
            "From records to parameters", $"What {e.Raw.Histories.Count.ToString("#,0", CultureInfo.InvariantCulture)} users' records tell of how people of {city.Name} move.",
            [
                ("Records", Text($"{e.Counts.Records:#,0} in {e.Counts.Files:#,0} {(e.Counts.Files == 1 ? "file" : "files")}, {e.Counts.LeftOut:#,0} left out")),
                ("Users", Text($"{e.Tracks.Users.Count:#,0}, {e.Raw.Histories.Count:#,0} tell enough, {e.Raw.Histories.Count(h => h.Work >= 0):#,0} of them have a workplace")),
                ("Estimated by", Text($"Movc {version}, seed {options.Seed}; what is not estimated is {city.City}'s, parameters {city.Hash}, {city.Assumptions.Count} of them own estimates [G]")),
            ]);
        var charts = new Charts(new Drawing());
        Parameters(page, e);
        Compared(page, charts, e);
        Rhythm(page, charts, e);
        Users(page, charts, e);
        Map(page, e);
        LeftOut(page, e);
        return ReportPage.Close(page);
    }

    private static void Parameters(HtmlText page, Estimate e)
    {
        page.Element("h2", "Parameters");
        page.Element("p", "As seen: straight from the records. Sampling hides short stops and old acquaintances; the estimate is of the population whose simulated drivers, seen at the same times as the users, look as the users do. The check is what the estimator finds in those: it should be as seen. All are marked [E] in the city's file.", "soft");
        page.Table(
            ["", "symbol", "unit", "as seen", "estimate", "check"],
            ParameterLine.Of(e).Select(l => (IReadOnlyList<string>)[l.Name, l.Symbol, l.Unit, ParameterLine.Text(l.AsSeen), ParameterLine.Text(l.Estimate), ParameterLine.Text(l.Check)]));
        page.Element("p", Text($"Commuters are at work on {e.Raw.Work.Weekday:0.0%} of the weekdays seen and {e.Raw.Work.Weekend:0.0%} of Saturdays and Sundays."));
    }

    private static void Compared(HtmlText page, Charts charts, Estimate e)
    {
        Distributions seen = Distributions.Of(e.Raw), simulated = Distributions.Of(e.Check);
        page.Element("h2", "Seen and simulated");
        page.Figure(
            charts.Histogram("Length of stays", "hours", "share of stays", seen.StayHours, [("seen", Ink.Original, seen.Stays), ("simulated, seen at the same times", Ink.After, simulated.Stays)], logarithmic: true),
            Text($"Length of stays whose beginning and end were seen. Distance (half the sum of the differences): {Distributions.Distance(seen.Stays, simulated.Stays):0.000}."));
        page.Figure(
            charts.Histogram("Distance of trips", "km, straight line", "share of trips", seen.TripKm, [("seen", Ink.Original, seen.Trips), ("simulated, seen at the same times", Ink.After, simulated.Trips)], logarithmic: true),
            Text($"Straight line between the places of a trip. Distance: {Distributions.Distance(seen.Trips, simulated.Trips):0.000}."));
    }

    private static void Rhythm(HtmlText page, Charts charts, Estimate e)
    {
        page.Element("h2", "Travel rhythm P(t)");
        page.Figure(
            charts.Histogram(
                "Travel rhythm", e.Population.RhythmWithWork.Length == 168 ? "hour of the week, from Monday 0:00" : "hour of the day", "share of travel", Hours(e.Population.RhythmWithWork),
                [("with a workplace, work trips left out", Ink.After, e.Population.RhythmWithWork), .. Same(e) ? [("without a workplace", Ink.ChargeOnly, (IReadOnlyList<double>)e.Population.RhythmWithoutWork)] : Array.Empty<(string, OxyColor, IReadOnlyList<double>)>()]),
            "Departures over what a flat rhythm would have brought at each user's own rates, at home and elsewhere. Hours are told apart over the week where there are departures enough, else over the day.");
    }

    private static void Users(HtmlText page, Charts charts, Estimate e)
    {
        page.Element("h2", "Users");
        foreach ((string name, string unit, Func<UserFit, double> of, double from, double to) in (ReadOnlySpan<(string, string, Func<UserFit, double>, double, double)>)
            [("n_w, tours per week", "1/week", f => f.ToursPerWeek, 1, 40), ("β1, dwell rate", "1", f => f.DwellRate, 1, 60), ("β2, burst rate", "1", f => f.BurstRate, 1, 200), ("mean distance to a new place", "km", f => f.DistanceKm, 0.3, 80)])
        {
            double[] edges = [.. Enumerable.Range(0, 25).Select(b => from * Math.Pow(to / from, b / 24.0))];
            page.Figure(
                charts.Histogram(name, unit, "share of users", edges, [("seen", Ink.Original, Shares(e.Raw.Users.Select(of), edges)), ("simulated, seen at the same times", Ink.After, Shares(e.Check.Users.Select(of), edges))], logarithmic: true),
                $"{name}, each user's own as the records have it; the noise of few records is in it.");
        }
    }

    private static void Map(HtmlText page, Estimate e)
    {
        page.Element("h2", "Places");
        var regions = e.Raw.Regions;
        var homes = e.Raw.Histories.GroupBy(h => h.Home).Select(g => (regions.EastKm[g.Key], regions.NorthKm[g.Key], (double)g.Count())).ToList();
        page.Figure(
            PlaceMap.Of(new Drawing(), "Stay regions and homes", [("stay regions, by stays", Ink.Original, [.. Enumerable.Range(0, regions.Count).Select(r => (regions.EastKm[r], regions.NorthKm[r], (double)regions.Stays[r]))]), ("homes, by users", Ink.ChargeOnly, homes)]),
            Text($"{regions.Count:#,0} stay regions of at most 900 m, {homes.Count:#,0} of them somebody's home. Kilometres from the middle of the districts."));
    }

    private static void LeftOut(HtmlText page, Estimate e)
    {
        page.Element("h2", "Left out");
        page.Element("p", "Nothing of a record that is wrong is mended: what was meant is not known.", "soft");
        (string, long, string)[] lines =
        [
            .. e.Counts.Faults.Select(f => (Describe(f.Fault), f.Count, string.Join(", ", f.Examples))),
            .. e.Raw.LeftOut.Select(l => ($"users {Estimator.Describe(l.Key)}", (long)l.Value, string.Empty)),
            .. e.Counts.OutOfOrder > 0 ? [("records out of order, put in order", e.Counts.OutOfOrder, string.Empty)] : Array.Empty<(string, long, string)>(),
        ];
        if (lines.Length == 0) page.Element("p", "No record and no user.");
        else page.Table(["", "how many", "as in"], lines.Select(l => (IReadOnlyList<string>)[l.Item1, l.Item2.ToString("#,0", CultureInfo.InvariantCulture), l.Item3]));
        if (e.Counts.ColumnsNotUsed.Count > 0) page.Element("p", $"Columns that nothing was made of: {string.Join(", ", e.Counts.ColumnsNotUsed)}.");
    }

    /// <summary>A reason for people.</summary>
    public static string Describe(RecordFault fault) => fault switch
    {
        RecordFault.Ragged => "records with more or fewer cells than the header",
        RecordFault.NoUser => "records without a user",
        RecordFault.Time => "records without a time that can be read, from 1990 to 2100",
        RecordFault.MixedZones => "records that write their time zone otherwise than the file's first",
        RecordFault.Coordinate => "records without coordinates that can be read",
        RecordFault.Swapped => "records with longitude and latitude exchanged",
        RecordFault.Outside => "records outside the city",
        RecordFault.Duration => "stays without a length from 0 to a month",
        _ => "second records of one user and time",
    };

    private static bool Same(Estimate e) => e.Population.RhythmWithWork.Length == e.Population.RhythmWithoutWork.Length;

    private static double[] Hours(double[] rhythm) => [.. Enumerable.Range(0, rhythm.Length + 1).Select(h => (double)h)];

    private static double[] Shares(IEnumerable<double> values, double[] edges)
    {
        double[] counts = new double[edges.Length - 1];
        double n = 0;
        foreach (double value in values.Where(double.IsFinite))
        {
            int at = Array.FindLastIndex(edges, edge => value >= edge);
            counts[Math.Clamp(at, 0, counts.Length - 1)]++;
            n++;
        }
        return [.. counts.Select(c => c / Math.Max(1, n))];
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
