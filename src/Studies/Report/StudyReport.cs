using System.Globalization;
using Movc.Studies.Points;
using Movc.Studies.Sweeps;

namespace Movc.Studies.Report;

/// <summary>A study as one page. The same study gives the same bytes.</summary>
internal static class StudyReport
{
    /// <summary>The page.</summary>
    /// <param name="study">What it tells.</param>
    /// <param name="version">Of the program.</param>
    public static string Of(StudyResult study, string version)
    {
        HtmlText page = ReportPage.Open(study.Plan.Title, study.Plan.Question, Facts(study, version));
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
        return ReportPage.Close(page);
    }

    private static IEnumerable<(string Name, string Value)> Facts(StudyResult study, string version)
    {
        StudySettings s = study.Settings;
        yield return ("Study", $"{study.Plan.Name}, {study.Points.Count} {(study.Points.Count == 1 ? "point" : "points")}, {(s.Days == 1 ? "1 day" : $"{s.Days} days")} from a Monday 0:00 on, perfect foresight, the whole city solved at once");
        if (s.Sample < 1) yield return ("Sample", string.Create(CultureInfo.InvariantCulture, $"{s.Sample:0.###%} of the vehicles simulated beside the same share of the load; figures are scaled to the whole city"));
        yield return ("Simulated by", string.Create(CultureInfo.InvariantCulture, $"Movc {version}, seed {s.Seed}"));
        foreach (StudyCity city in study.Cities)
            yield return (city.Name, string.Create(CultureInfo.InvariantCulture, $"parameters {city.ParametersHash}, {city.Assumptions.Count} of them own estimates [G]"));
        PointResult loosest = study.Points.Select(p => p.Figures).MaxBy(p => p.Solve.Gap)!;
        yield return ("Certified gap", string.Create(CultureInfo.InvariantCulture, $"{loosest.Solve.Gap:0.####%} at most: no dispatch of the same vehicles is better by more"));
    }
}
