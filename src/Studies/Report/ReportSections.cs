using System.Globalization;
using Movc.Studies.Pareto;
using Movc.Studies.Points;
using Movc.Studies.Sweeps;

namespace Movc.Studies.Report;

/// <summary>The sections of a report, each with its charts and the marks of what it stands on.</summary>
internal sealed class ReportSections
{
    /// <summary>Points whose curves and maps are drawn; the others are in the tables.</summary>
    private const int DrawnAtMost = 24;

    /// <summary>Points whose histograms fit one chart.</summary>
    private const int HistogramsAtMost = 6;

    private readonly HtmlText _page;
    private readonly StudyResult _study;
    private readonly PointResult[] _points;
    private readonly string[] _names;
    private readonly Charts _charts = new(new Drawing());
    private readonly Marks _marks;

    public ReportSections(HtmlText page, StudyResult study)
    {
        (_page, _study) = (page, study);
        _points = [.. study.Points.Select(p => p.Figures)];
        StudyPoint[] all = [.. _points.Select(p => p.Point)];
        _names = [.. all.Select(p => PointNames.Of(p, all))];
        _marks = new Marks(study.Cities);
    }

    public void Summary()
    {
        Title("Results", _marks.Of("fleet", "load", "mobility", "travel", "charging", "willingness"));
        _page.Table(
            ["", "take part", "PVDR original", "PVDR Charge Only", "PVDR after", "peak shaving, MW", "valley filling, MW", "discharged, kWh per vehicle and week", "compensation, million RMB", "wear beyond Charge Only, million RMB", "satisfaction, mean", "certified gap"],
            _points.Select((p, i) => (IReadOnlyList<string>)
            [
                _names[i], Number(p.Participation.Share, "0.0%"), Number(p.Original.Median.OverValley, "0.000"), Number(p.ChargeOnly.Median.OverValley, "0.000"), Number(p.After.Median.OverValley, "0.000"),
                Number(p.PeakShavingMw, "#,0"), Number(p.ValleyFillingMw, "#,0"), Number(p.Energy.DischargedKwhPerVehicleWeek, "0.0"), Number(p.CompensationRmb / 1e6, "0.00"), Number(p.ExtraDegradationRmb / 1e6, "0.00"),
                Number(p.Satisfaction.Mean, "0.000"), Number(p.Solve.Gap, "0.000%"),
            ]));
        _page.Element("p", "PVDR is (peak − valley)/valley of a day, median of the days; pvdr.csv has it over the peak too, and every day. Peak shaving and valley filling are of the whole period, from the original load: the city without its private EVs. A negative peak shaving is a peak that has risen.", "soft");
    }

    public void Loads()
    {
        Title("Load before and after", _marks.Of("load", "mobility", "travel", "charging"));
        for (int i = 0; i < Math.Min(DrawnAtMost, _points.Length); i++)
        {
            PointCurves c = _study.Points[i].Curves;
            _page.Figure(
                _charts.Curves($"Load, {_names[i]}", "GW", [("original", Ink.Original, Giga(c.OriginalMw)), ("Charge Only", Ink.ChargeOnly, Giga(c.ChargeOnlyMw)), ("after dispatch", Ink.After, Giga(c.AfterMw))]),
                string.Create(CultureInfo.InvariantCulture, $"{_names[i]}: peak {_points[i].Original.PeakMw:#,0} MW original, {_points[i].ChargeOnly.PeakMw:#,0} Charge Only, {_points[i].After.PeakMw:#,0} after; valley {_points[i].Original.ValleyMw:#,0}, {_points[i].ChargeOnly.ValleyMw:#,0}, {_points[i].After.ValleyMw:#,0}"));
        }
        if (_points.Length > DrawnAtMost) _page.Element("p", $"{_points.Length - DrawnAtMost} more points are in load.csv.", "soft");
    }

    public void PeakValley()
    {
        Title("Daily peak-valley difference ratio", _marks.Of("load", "mobility", "travel", "charging"));
        IReadOnlyList<double>[] Days(Func<PointResult, LoadFigures> load) => [.. _points.Select(p => (IReadOnlyList<double>)[.. load(p).PerDay.Select(d => d.OverValley)])];
        _page.Figure(
            _charts.Boxes("PVDR of the days", "PVDR over the valley", _names, [("original", Ink.Original, Days(p => p.Original)), ("Charge Only", Ink.ChargeOnly, Days(p => p.ChargeOnly)), ("after dispatch", Ink.After, Days(p => p.After))]),
            "Boxes are quartiles of the days, the thick line their median, whiskers the least and the largest day. The first day starts from Charge Only's batteries and is often the worst.");
    }

    public void ShavingAndFilling()
    {
        Title("Peak shaving and valley filling", _marks.Of("load", "mobility", "travel", "charging"));
        _page.Figure(
            _charts.Bars("Peak shaving and valley filling", "MW", _names, [("peak shaving", Ink.Tone(0), Each(p => p.PeakShavingMw)), ("valley filling", Ink.Tone(1), Each(p => p.ValleyFillingMw))], format: "#,0"),
            "Against the original load; points.csv has both against Charge Only too.");
    }

    public void Participation()
    {
        Title("Participation and compensation", _marks.Of("willingness", "fleet"));
        _page.Figure(
            _charts.Bars("Share of vehicles that take part", "share of the fleet", _names, [("V2G whenever staying (VWS)", Ink.Tone(0), Each(p => p.Participation.WhenStaying / (double)p.Participation.Vehicles)), ("V2G when charging (VWC)", Ink.Tone(1), Each(p => p.Participation.WhenCharging / (double)p.Participation.Vehicles))], stacked: true, format: "0 %"),
            "The rest charges on its own.");
        _page.Figure(
            _charts.Bars("Compensation", "million RMB", _names, [("compensation", Ink.Tone(2), Each(p => p.CompensationRmb / 1e6))]),
            "Paid to owners for what their vehicles discharge in the period.");
    }

    public void DischargeAndWear()
    {
        Title("Discharge and battery wear", _marks.Of("fleet", "mobility", "travel", "charging", "willingness", "load"));
        _page.Figure(_charts.Bars("Discharged energy", "kWh per vehicle that takes part", _names, [("mean", Ink.Tone(0), Each(p => p.DischargedKwh.Mean)), ("median", Ink.Tone(3), Each(p => p.DischargedKwh.Median))]), "To the grid, in the period.");
        _page.Figure(
            _charts.Bars("Battery wear", "RMB per vehicle that takes part", _names, [("after dispatch", Ink.After, Each(p => p.DegradationRmb.Mean)), ("the same vehicles under Charge Only", Ink.ChargeOnly, Each(p => p.DegradationChargeOnlyRmb.Mean))]),
            "In the period, driving and charging included, at 957 RMB per kWh of battery [S].");
    }

    public void Satisfaction()
    {
        Title("Satisfaction of drivers", _marks.Of("mobility", "travel", "charging"));
        _page.Figure(
            _charts.Bars("Satisfaction", "satisfaction", _names, [("mean", Ink.Tone(0), Each(p => p.Satisfaction.Mean)), ("share of departures with all of it", Ink.Tone(2), Each(p => p.Satisfaction.Full))], format: "0.##"),
            "Energy at a departure over what Charge Only would have left there, at most 1; departures of vehicles that take part.");
        if (_points.Length <= HistogramsAtMost)
            _page.Figure(_charts.Histogram("Satisfaction of departures", "satisfaction", "share of departures", [.. Enumerable.Range(0, _points[0].Satisfaction.Histogram.Count + 1).Select(b => b / (double)_points[0].Satisfaction.Histogram.Count)], [.. _points.Select((p, i) => (_names[i], Ink.Tone(i), p.Satisfaction.Histogram))]), "Shares of departures; satisfaction.csv has the numbers.");
    }

    public void Equity()
    {
        Title("Equity", _marks.Of("fleet", "mobility", "travel", "charging", "willingness"));
        _page.Figure(
            _charts.Bars("Gini coefficients", "Gini coefficient, 0 = all alike", _names, [("discharged energy", Ink.Tone(0), Each(p => p.DischargedKwh.Gini)), ("battery wear", Ink.Tone(1), Each(p => p.DegradationRmb.Gini))], format: "0.##"),
            "How unevenly the burden is spread over the vehicles that take part.");
    }

    public void Potentials()
    {
        Title("Potentials", _marks.Of("fleet", "mobility", "travel", "charging"));
        // What stands on the same people is the same: one chart for each simulated week.
        foreach (IGrouping<string, int> same in Enumerable.Range(0, _points.Length).GroupBy(i => $"{_points[i].ParametersHash} {_points[i].Point.Week.Canonical}", StringComparer.Ordinal).Take(DrawnAtMost))
        {
            int first = same.First();
            PointCurves c = _study.Points[first].Curves;
            StudyPoint[] one = [.. same.Select(i => _points[i].Point)];
            string name = string.Join("; ", _names.Where((_, i) => same.Contains(i)).Take(4)) + (one.Length > 4 ? $"; {one.Length - 4} more" : string.Empty);
            _page.Figure(
                _charts.Curves("Potentials", "kWh per vehicle", [("could be charged to", Ink.Tone(2), c.ChargingPotentialKwh), ("stored, Charge Only", Ink.ChargeOnly, c.StoredChargeOnlyKwh), ("stored, after dispatch", Ink.After, c.StoredAfterKwh), ("could be discharged to", Ink.Tone(3), c.DischargingPotentialKwh)]),
                $"Vehicles that stay somewhere, over the whole fleet (MOVC Eqs. 38-39). {name}; after dispatch of the first of them.");
        }
    }

    public void Districts()
    {
        Title("Districts", _marks.Of("districts", "regions", "mobility", "travel"));
        _page.Raw("<div class=\"maps\">");
        foreach (int i in Enumerable.Range(0, _points.Length).GroupBy(i => _points[i].CityName, StringComparer.Ordinal).SelectMany(g => g.Take(4)))
            _page.Figure(_charts.Map($"Discharged by district, {_names[i]}", _points[i].Districts, d => d.DischargedMwh, "#,0"), $"{_points[i].CityName}, {_names[i]}: MWh given back in each district; a disc has its district's area and centroid.");
        _page.Raw("</div>").Element("p", "districts.csv has homes, participation, energies, compensation and satisfaction by district for every point.", "soft");
    }

    public void Fronts()
    {
        foreach (ParetoGroup group in ParetoGroup.Of(_points))
        {
            Title($"What load balance costs{(group.Members.Count == _points.Length ? string.Empty : $": {_points[group.Members[0]].CityName}, {_names[group.Members[0]]} and alike")}", _marks.Of("load", "mobility", "travel", "charging", "willingness"));
            StudyPoint[] members = [.. group.Members.Select(i => _points[i].Point)];
            for (int k = 0; k < TradeOff.All.Count; k++)
            {
                TradeOff trade = TradeOff.All[k];
                bool[] front = group.OnFront[k];
                _page.Figure(
                    _charts.Front($"Spread against {trade.Title}", trade.Title, "spread of the load after, MW", [.. group.Members.Select((i, m) => (PointNames.Of(members[m], members), trade.Of(_points[i]), _points[i].After.SpreadMw, front[m]))]),
                    $"Spread: mean distance of the load from its day's median, {Number(_points[group.Members[0]].Original.SpreadMw, "#,0")} MW in the original. On the front nothing is better in both. γ compensation, e satisfaction threshold, λ weight of throughput.");
            }
        }
    }

    public void PaperWay()
    {
        if (_points.All(p => p.PaperWay is null)) return;
        BatchOptions how = _study.Settings.Batches!;
        Title("The paper's way beside it", _marks.Of("load", "mobility", "travel", "charging", "willingness"));
        _page.Element("p", string.Create(CultureInfo.InvariantCulture, $"Independent batches of {how.Vehicles:#,0} vehicles, each against {(how.FixedShare ? "its share of the fleet of the original load, however many take part" : "its share of the participants of the load")}, added up. What is lost is the share of the whole-city plan's gain over Charge Only."));
        _page.Table(
            ["", "batches", "gain lost", "spread after, MW: whole", "batches", "PVDR after: whole", "batches", "peak after, MW: whole", "batches", "discharged, MWh: whole", "batches", "loosest gap of a batch"],
            _points.Select((p, i) => (p, i)).Where(x => x.p.PaperWay is not null).Select(x => (IReadOnlyList<string>)
            [
                _names[x.i], Number(x.p.PaperWay!.Batches), Number(x.p.PaperWay.GainLost, "0.00%"), Number(x.p.After.SpreadMw, "#,0.0"), Number(x.p.PaperWay.After.SpreadMw, "#,0.0"),
                Number(x.p.After.Median.OverValley, "0.000"), Number(x.p.PaperWay.After.Median.OverValley, "0.000"), Number(x.p.After.PeakMw, "#,0"), Number(x.p.PaperWay.After.PeakMw, "#,0"),
                Number(x.p.Energy.DischargedMwh, "#,0"), Number(x.p.PaperWay.DischargedMwh, "#,0"), Number(x.p.PaperWay.LargestGap, "0.000%"),
            ]));
    }

    public void Assumptions()
    {
        _page.Element("h2", "Assumptions");
        _page.Element("p", "[S] stated by the MOVC paper (doi 10.1038/s41467-025-65073-8), [P] published elsewhere, [G] own estimate. Replace an estimate in a parameter file of your own: movc city show, --city FILE.json.", "soft");
        var named = new HashSet<string>(StringComparer.Ordinal);
        foreach (StudyCity city in _study.Cities)
        {
            _page.Element("h3", $"{city.Name}: {city.Assumptions.Count} values marked [G]");
            foreach (IGrouping<string, string> section in city.Assumptions.GroupBy(Marks.SectionOf, StringComparer.Ordinal))
            {
                // The first list of a section is the one that the marks lead to.
                _page.Raw(named.Add(section.Key) ? $"<ul id=\"g-{HtmlText.Encode(section.Key)}\">" : "<ul>");
                foreach (string assumption in section) _page.Element("li", assumption);
                _page.Raw("</ul>");
            }
        }
    }

    private void Title(string title, string marks) => _page.Element("h2", title).Raw($"<p class=\"marks\">{marks}</p>");

    private double[] Each(Func<PointResult, double> of) => [.. _points.Select(of)];

    private static double[] Giga(double[] mega) => Array.ConvertAll(mega, v => v / 1000);

    private static string Number(double value, string format = "#,0.###") => HtmlText.Number(value, format);
}
