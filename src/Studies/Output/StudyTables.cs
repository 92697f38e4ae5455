using Movc.Studies.Pareto;
using Movc.Studies.Points;
using Movc.Studies.Sweeps;

namespace Movc.Studies.Output;

/// <summary>The CSV tables of a study; a point is known by its number, from 1.</summary>
internal static class StudyTables
{
    /// <summary>File name and text of every table.</summary>
    public static IEnumerable<(string File, string Text)> Of(StudyResult study)
    {
        yield return ("points.csv", Points(study));
        yield return ("pvdr.csv", PerDay(study));
        yield return ("load.csv", Load(study));
        yield return ("districts.csv", Districts(study));
        yield return ("satisfaction.csv", Satisfaction(study));
        IReadOnlyList<ParetoGroup> groups = ParetoGroup.Of([.. study.Points.Select(p => p.Figures)]);
        if (groups.Count > 0) yield return ("pareto.csv", Fronts(study, groups));
    }

    private static string Points(StudyResult study)
    {
        var table = new CsvTable(
            "point", "city", "season", "strategy", "gamma", "satisfactionThreshold", "case", "quickAtHomeShare", "fleet", "lambda", "vehiclesSimulated",
            "participationShare", "vws", "vwc", "status", "gap", "objectiveKw", "chargeOnlyObjectiveKw",
            "pvdrOriginal", "pvdrChargeOnly", "pvdrAfter", "pvdrAfterDays2On", "pvdrOriginalOverPeak", "pvdrChargeOnlyOverPeak", "pvdrAfterOverPeak",
            "spreadOriginalMw", "spreadChargeOnlyMw", "spreadAfterMw", "peakOriginalMw", "peakChargeOnlyMw", "peakAfterMw",
            "valleyOriginalMw", "valleyChargeOnlyMw", "valleyAfterMw",
            "peakShavingMw", "peakShavingOverChargeOnlyMw", "valleyFillingMw", "valleyFillingOverChargeOnlyMw",
            "chargeOnlyMwh", "chargedMwh", "dischargedMwh", "dischargedKwhPerVehicleWeek", "dischargedKwhMean", "dischargedKwhMedian", "dischargedKwhDeviation", "dischargedGini",
            "compensationRmb", "degradationRmbMean", "degradationRmbMedian", "degradationRmbDeviation", "degradationGini", "degradationChargeOnlyRmbMean", "extraDegradationRmb",
            "satisfactionMean", "satisfactionFullShare", "satisfactionLowest", "storedKwh", "chargingPotentialKwh", "dischargingPotentialKwh",
            "batches", "batchesGainLost", "batchesPvdrAfter", "batchesPeakAfterMw", "batchesDischargedMwh");
        for (int i = 0; i < study.Points.Count; i++)
        {
            PointResult r = study.Points[i].Figures;
            StudyPoint p = r.Point;
            table.Row(
                i + 1, p.City, p.Season.ToString().ToLowerInvariant(), p.Strategy.ToString().ToLowerInvariant(), p.Gamma, p.Satisfaction, p.Case.ToString().ToLowerInvariant(), p.QuickAtHomeShare, p.Fleet, p.Lambda, p.Vehicles,
                r.Participation.Share, r.Participation.WhenStaying, r.Participation.WhenCharging, r.Solve.Status, r.Solve.Gap, r.Solve.ObjectiveKw, r.Solve.ChargeOnlyObjectiveKw,
                r.Original.Median.OverValley, r.ChargeOnly.Median.OverValley, r.After.Median.OverValley, r.After.MedianFromDay2.OverValley, r.Original.Median.OverPeak, r.ChargeOnly.Median.OverPeak, r.After.Median.OverPeak,
                r.Original.SpreadMw, r.ChargeOnly.SpreadMw, r.After.SpreadMw, r.Original.PeakMw, r.ChargeOnly.PeakMw, r.After.PeakMw,
                r.Original.ValleyMw, r.ChargeOnly.ValleyMw, r.After.ValleyMw,
                r.PeakShavingMw, r.PeakShavingOverChargeOnlyMw, r.ValleyFillingMw, r.ValleyFillingOverChargeOnlyMw,
                r.Energy.ChargeOnlyMwh, r.Energy.ChargedMwh, r.Energy.DischargedMwh, r.Energy.DischargedKwhPerVehicleWeek, r.DischargedKwh.Mean, r.DischargedKwh.Median, r.DischargedKwh.StandardDeviation, r.DischargedKwh.Gini,
                r.CompensationRmb, r.DegradationRmb.Mean, r.DegradationRmb.Median, r.DegradationRmb.StandardDeviation, r.DegradationRmb.Gini, r.DegradationChargeOnlyRmb.Mean, r.ExtraDegradationRmb,
                r.Satisfaction.Mean, r.Satisfaction.Full, r.Satisfaction.Lowest, r.Energy.StoredKwh, r.Energy.ChargingPotentialKwh, r.Energy.DischargingPotentialKwh,
                r.PaperWay?.Batches, r.PaperWay?.GainLost, r.PaperWay?.After.Median.OverValley, r.PaperWay?.After.PeakMw, r.PaperWay?.DischargedMwh);
        }
        return table.ToString();
    }

    private static string PerDay(StudyResult study)
    {
        var table = new CsvTable("point", "load", "day", "overValley", "overPeak");
        for (int i = 0; i < study.Points.Count; i++)
        {
            PointResult r = study.Points[i].Figures;
            foreach ((string name, LoadFigures load) in (ReadOnlySpan<(string, LoadFigures)>)[("original", r.Original), ("chargeOnly", r.ChargeOnly), ("after", r.After)])
            {
                for (int d = 0; d < load.PerDay.Count; d++) table.Row(i + 1, name, d + 1, load.PerDay[d].OverValley, load.PerDay[d].OverPeak);
            }
        }
        return table.ToString();
    }

    private static string Load(StudyResult study)
    {
        var table = new CsvTable(
            "point", "slot", "originalMw", "chargeOnlyMw", "afterMw", "chargingMw", "dischargingMw",
            "storedChargeOnlyKwh", "storedAfterKwh", "chargingPotentialKwh", "dischargingPotentialKwh");
        for (int i = 0; i < study.Points.Count; i++)
        {
            PointCurves c = study.Points[i].Curves;
            for (int t = 0; t < c.AfterMw.Length; t++)
            {
                table.Row(
                    i + 1, t, c.OriginalMw[t], c.ChargeOnlyMw[t], c.AfterMw[t], c.ChargingMw[t], c.DischargingMw[t],
                    c.StoredChargeOnlyKwh[t], c.StoredAfterKwh[t], c.ChargingPotentialKwh[t], c.DischargingPotentialKwh[t]);
            }
        }
        return table.ToString();
    }

    private static string Districts(StudyResult study)
    {
        var table = new CsvTable("point", "district", "homes", "takePart", "chargedMwh", "dischargedMwh", "peakDischargeMw", "compensationRmb", "satisfaction");
        for (int i = 0; i < study.Points.Count; i++)
        {
            foreach (DistrictFigures d in study.Points[i].Figures.Districts)
                table.Row(i + 1, d.Name, d.Homes, d.TakePart, d.ChargedMwh, d.DischargedMwh, d.PeakDischargeMw, d.CompensationRmb, d.Satisfaction);
        }
        return table.ToString();
    }

    private static string Satisfaction(StudyResult study)
    {
        var table = new CsvTable("point", "from", "to", "share");
        for (int i = 0; i < study.Points.Count; i++)
        {
            IReadOnlyList<double> bins = study.Points[i].Figures.Satisfaction.Histogram;
            for (int b = 0; b < bins.Count; b++) table.Row(i + 1, b / (double)bins.Count, (b + 1) / (double)bins.Count, bins[b]);
        }
        return table.ToString();
    }

    private static string Fronts(StudyResult study, IReadOnlyList<ParetoGroup> groups)
    {
        var table = new CsvTable("group", "against", "point", "gamma", "satisfactionThreshold", "lambda", "spreadMw", "pvdr", "value", "onFront");
        for (int g = 0; g < groups.Count; g++)
        {
            for (int k = 0; k < TradeOff.All.Count; k++)
            {
                for (int m = 0; m < groups[g].Members.Count; m++)
                {
                    int i = groups[g].Members[m];
                    PointResult r = study.Points[i].Figures;
                    table.Row(
                        g + 1, TradeOff.All[k].Key, i + 1, r.Point.Gamma, r.Point.Satisfaction, r.Point.Lambda, r.After.SpreadMw, r.After.Median.OverValley,
                        TradeOff.All[k].Of(r), groups[g].OnFront[k][m] ? 1 : 0);
                }
            }
        }
        return table.ToString();
    }
}
