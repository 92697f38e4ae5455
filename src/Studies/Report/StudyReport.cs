using System.Globalization;
using System.Reflection;
using Movc.Studies.Points;
using Movc.Studies.Sweeps;

namespace Movc.Studies.Report;

/// <summary>A study as one page that needs nothing beside it: no network, no script, no clock. The same study gives the same bytes.</summary>
internal static class StudyReport
{
    /// <summary>The page.</summary>
    /// <param name="study">What it tells.</param>
    /// <param name="version">Of the program.</param>
    public static string Of(StudyResult study, string version)
    {
        var page = new HtmlText();
        page.Raw("<!doctype html>").Raw("<html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">")
            .Element("title", $"{study.Plan.Title} · Movc").Raw($"<style>{Style()}</style></head><body>");
        Head(page, study, version);
        page.Raw("<main>");
        var sections = new ReportSections(page, study);
        sections.Summary();
        sections.Loads();
        sections.PeakValley();
        sections.ShavingAndFilling();
        sections.Participation();
        sections.DischargeAndWear();
        sections.Satisfaction();
        sections.Equity();
        sections.Potentials();
        sections.Districts();
        sections.Fronts();
        sections.PaperWay();
        sections.Assumptions();
        return page.Raw("</main></body></html>").ToString();
    }

    private static void Head(HtmlText page, StudyResult study, string version)
    {
        StudySettings s = study.Settings;
        page.Raw("<header>").Element("h1", study.Plan.Title).Element("p", study.Plan.Question);
        page.Raw("<dl>");
        void Fact(string name, string value) => page.Element("dt", name).Element("dd", value);
        Fact("Study", $"{study.Plan.Name}, {study.Points.Count} {(study.Points.Count == 1 ? "point" : "points")}, {s.Days} days from a Monday 0:00 on, perfect foresight, the whole city solved at once");
        if (s.Sample < 1) Fact("Sample", string.Create(CultureInfo.InvariantCulture, $"{s.Sample:0.###%} of the vehicles simulated beside the same share of the load; figures are scaled to the whole city"));
        Fact("Simulated by", string.Create(CultureInfo.InvariantCulture, $"Movc {version}, seed {s.Seed}"));
        foreach (StudyCity city in study.Cities)
            Fact(city.Name, string.Create(CultureInfo.InvariantCulture, $"parameters {city.ParametersHash}, {city.Assumptions.Count} of them own estimates [G]"));
        PointResult loosest = study.Points.Select(p => p.Figures).MaxBy(p => p.Solve.Gap)!;
        Fact("Certified gap", string.Create(CultureInfo.InvariantCulture, $"{loosest.Solve.Gap:0.####%} at most: no dispatch of the same vehicles is better by more"));
        page.Raw("</dl></header>");
    }

    private static string Style()
    {
        using Stream stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("Movc.Studies.Report.report.css")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
