using OxyPlot;
using OxyPlot.Annotations;
using OxyPlot.Axes;
using OxyPlot.Series;
using Movc.Domain.Time;
using Movc.Studies.Points;

namespace Movc.Studies.Report;

/// <summary>The kinds of chart that a report has.</summary>
internal sealed class Charts(Drawing drawing)
{
    private const int Wide = 960, RowHeight = 26;

    /// <summary>Mean width of a letter in the widest usual font at the charts' size.</summary>
    private const double LetterWidth = 6.8;

    /// <summary>Curves over the days.</summary>
    public Chart Curves(string title, string unit, IReadOnlyList<(string Name, OxyColor Ink, double[] Values)> curves, int height = 260)
    {
        PlotModel plot = Drawing.Plot();
        plot.Axes.Add(Drawing.Days((curves[0].Values.Length + Slots.PerDay - 1) / Slots.PerDay));
        plot.Axes.Add(Drawing.Values(unit));
        foreach ((string name, OxyColor ink, double[] values) in curves)
        {
            // A value holds for its slot; a point in its middle is enough at this size.
            var line = new LineSeries { Title = name, Color = ink, StrokeThickness = 1.4 };
            for (int t = 0; t < values.Length; t++) line.Points.Add(new DataPoint((t + 0.5) / Slots.PerDay, values[t]));
            plot.Series.Add(line);
        }
        return new Chart(drawing.Svg(plot, title, Wide, height), [.. curves.Select(c => (c.Name, c.Ink))]);
    }

    /// <summary>Bars side by side for every name.</summary>
    public Chart Bars(string title, string unit, IReadOnlyList<string> names, IReadOnlyList<(string Name, OxyColor Ink, double[] Values)> groups, bool stacked = false, string format = "#,0.###")
    {
        PlotModel plot = Drawing.Plot();
        // Names are measured by letters: what measures text for the axis leaves them too little room.
        plot.PlotMargins = new OxyThickness(14 + (LetterWidth * names.Max(n => n.Length)), double.NaN, double.NaN, double.NaN);
        plot.Axes.Add(Drawing.Names(names));
        LinearAxis values = Drawing.Across(unit, format);
        if (groups.All(g => g.Values.All(v => v >= 0))) values.Minimum = 0;
        plot.Axes.Add(values);
        foreach ((string name, OxyColor ink, double[] of) in groups)
        {
            var bars = new BarSeries { Title = name, FillColor = ink, StrokeThickness = 0, IsStacked = stacked };
            foreach (double value in of) bars.Items.Add(new BarItem(value));
            plot.Series.Add(bars);
        }
        int height = 56 + (names.Count * (stacked ? RowHeight : Math.Max(RowHeight, 14 * groups.Count)));
        return new Chart(drawing.Svg(plot, title, Wide, height), groups.Count == 1 ? [] : [.. groups.Select(g => (g.Name, g.Ink))]);
    }

    /// <summary>PVDR of the days as boxes: quartiles, the whiskers to the least and the largest day.</summary>
    public Chart Boxes(string title, string unit, IReadOnlyList<string> names, IReadOnlyList<(string Name, OxyColor Ink, IReadOnlyList<double>[] Values)> groups)
    {
        PlotModel plot = Drawing.Plot();
        CategoryAxis axis = Drawing.Names(names.Select(n => n.Length > 14 && names.Count > 4 ? Shorter(n) : n));
        axis.Position = AxisPosition.Bottom;
        (axis.StartPosition, axis.EndPosition) = (0, 1);
        axis.Angle = names.Count > 6 ? -35 : 0;
        plot.Axes.Add(axis);
        plot.Axes.Add(Drawing.Values(unit));
        // A few boxes need not fill the page.
        double step = 0.8 / groups.Count * Math.Min(1, 0.3 * names.Count);
        for (int g = 0; g < groups.Count; g++)
        {
            var boxes = new BoxPlotSeries { Title = groups[g].Name, BoxWidth = step * 0.8, WhiskerWidth = 0.5, Fill = OxyColors.Transparent, Stroke = groups[g].Ink, StrokeThickness = 1.5, MedianThickness = 3 };
            for (int i = 0; i < names.Count; i++)
            {
                double[] sorted = [.. groups[g].Values[i].Where(double.IsFinite).Order()];
                if (sorted.Length == 0) continue;
                boxes.Items.Add(new BoxPlotItem(i + (step * (g - ((groups.Count - 1) / 2.0))), sorted[0], Quantile(sorted, 0.25), Quantile(sorted, 0.5), Quantile(sorted, 0.75), sorted[^1]));
            }
            plot.Series.Add(boxes);
        }
        return new Chart(drawing.Svg(plot, title, Wide, names.Count > 6 ? 420 : 320), [.. groups.Select(g => (g.Name, g.Ink))]);
    }

    /// <summary>Points in a plane, those on the front joined.</summary>
    public Chart Front(string title, string across, string up, IReadOnlyList<(string Name, double X, double Y, bool OnFront)> points)
    {
        PlotModel plot = Drawing.Plot();
        LinearAxis x0 = Drawing.Across(across), y0 = Drawing.Values(up);
        (x0.MinimumPadding, x0.MaximumPadding, y0.MinimumPadding, y0.MaximumPadding) = (0.04, 0.14, 0.08, 0.08);
        plot.Axes.Add(x0);
        plot.Axes.Add(y0);
        var off = new ScatterSeries { Title = "dominated", MarkerType = MarkerType.Circle, MarkerSize = 4, MarkerFill = OxyColors.Transparent, MarkerStroke = Ink.Soft, MarkerStrokeThickness = 1.2 };
        var front = new LineSeries { Title = "front", Color = Ink.After, MarkerType = MarkerType.Circle, MarkerSize = 5, MarkerFill = Ink.After };
        foreach ((_, double x, double y, bool on) in points.OrderBy(p => p.X).ThenBy(p => p.Y))
        {
            if (on) front.Points.Add(new DataPoint(x, y));
            else off.Points.Add(new ScatterPoint(x, y));
        }
        foreach ((string name, double x, double y) in Readable(points))
            plot.Annotations.Add(new TextAnnotation { Text = name, TextPosition = new DataPoint(x, y), TextHorizontalAlignment = HorizontalAlignment.Left, TextVerticalAlignment = VerticalAlignment.Bottom, Offset = new ScreenVector(6, -2), StrokeThickness = 0, TextColor = Ink.Soft, FontSize = 10 });
        plot.Series.Add(front);
        plot.Series.Add(off);
        return new Chart(drawing.Svg(plot, title, Wide, 360), [("front", Ink.After), ("dominated", Ink.Soft)]);
    }

    /// <summary>Shares of the bins of a histogram as steps.</summary>
    /// <param name="title">Of the chart.</param>
    /// <param name="unit">Of what is binned.</param>
    /// <param name="what">Of what the shares are.</param>
    /// <param name="edges">Edges of the bins, one more than bins, rising.</param>
    /// <param name="groups">Shares of each bin.</param>
    /// <param name="logarithmic">Whether the edges grow by factors.</param>
    public Chart Histogram(
        string title, string unit, string what, IReadOnlyList<double> edges, IReadOnlyList<(string Name, OxyColor Ink, IReadOnlyList<double> Shares)> groups, bool logarithmic = false)
    {
        PlotModel plot = Drawing.Plot();
        plot.Axes.Add(logarithmic ? Drawing.Factors(unit) : Drawing.Across(unit, "0.##"));
        LinearAxis shares = Drawing.Values(what, "0.# %");
        shares.Minimum = 0;
        plot.Axes.Add(shares);
        foreach ((string name, OxyColor ink, IReadOnlyList<double> bins) in groups)
        {
            var steps = new StairStepSeries { Title = name, Color = ink, StrokeThickness = 1.6 };
            for (int b = 0; b < bins.Count; b++) steps.Points.Add(new DataPoint(edges[b], bins[b]));
            steps.Points.Add(new DataPoint(edges[^1], bins[^1]));
            plot.Series.Add(steps);
        }
        return new Chart(drawing.Svg(plot, title, Wide, 260), groups.Count == 1 ? [] : [.. groups.Select(g => (g.Name, g.Ink))]);
    }

    /// <summary>Districts as discs of their area at their place, filled by a value.</summary>
    public Chart Map(string title, IReadOnlyList<DistrictFigures> districts, Func<DistrictFigures, double> value, string format)
    {
        PlotModel plot = Drawing.Plot();
        double latitude = districts.Average(d => d.LatitudeDeg), east = 111.32 * Math.Cos(latitude * Math.PI / 180), north = 110.6;
        double longitude = districts.Average(d => d.LongitudeDeg), largest = Math.Max(1e-12, districts.Max(value));
        var discs = districts.Select(d => (District: d, X: (d.LongitudeDeg - longitude) * east, Y: (d.LatitudeDeg - latitude) * north, R: Math.Sqrt(d.AreaKm2 / Math.PI))).ToArray();
        double west = discs.Min(d => d.X - d.R), right = discs.Max(d => d.X + d.R), south = discs.Min(d => d.Y - d.R), top = discs.Max(d => d.Y + d.R);
        LinearAxis x = Drawing.Across("km east", "0"), y = Drawing.Values("km north", "0");
        (x.Minimum, x.Maximum, y.Minimum, y.Maximum) = (west - 2, right + 2, south - 2, top + 2);
        plot.Axes.Add(x);
        plot.Axes.Add(y);
        foreach ((DistrictFigures d, double cx, double cy, double r) in discs)
        {
            byte strength = (byte)(20 + (110 * Math.Max(0, value(d)) / largest));
            plot.Annotations.Add(new EllipseAnnotation { X = cx, Y = cy, Width = 2 * r, Height = 2 * r, Fill = OxyColor.FromAColor(strength, Ink.After), Stroke = Ink.Soft, StrokeThickness = 0.8 });
        }
        foreach ((DistrictFigures d, double cx, double cy, _) in discs)
            plot.Annotations.Add(new TextAnnotation { Text = $"{d.Name}\n{value(d).ToString(format, System.Globalization.CultureInfo.InvariantCulture)}", TextPosition = new DataPoint(cx, cy), TextHorizontalAlignment = HorizontalAlignment.Center, TextVerticalAlignment = VerticalAlignment.Middle, StrokeThickness = 0, TextColor = Ink.Text, FontSize = 11 });
        const int width = 620;
        return new Chart(drawing.Svg(plot, title, width, Math.Clamp((int)(width * (top - south + 4) / (right - west + 4)) + 40, 240, 900)), []);
    }

    /// <summary>Names that fit: those on the front first, and none where another stands already.</summary>
    private static List<(string Name, double X, double Y)> Readable(IReadOnlyList<(string Name, double X, double Y, bool OnFront)> points)
    {
        double width = Math.Max(1e-12, points.Max(p => p.X) - points.Min(p => p.X)), height = Math.Max(1e-12, points.Max(p => p.Y) - points.Min(p => p.Y));
        var named = new List<(string Name, double X, double Y)>();
        foreach ((string name, double x, double y, _) in points.OrderByDescending(p => p.OnFront))
        {
            if (!named.Any(n => Math.Abs(n.X - x) < 0.12 * width && Math.Abs(n.Y - y) < 0.05 * height)) named.Add((name, x, y));
        }
        return named;
    }

    private static double Quantile(double[] sorted, double share)
    {
        double at = share * (sorted.Length - 1);
        int below = (int)at;
        return below + 1 < sorted.Length ? sorted[below] + ((at - below) * (sorted[below + 1] - sorted[below])) : sorted[below];
    }

    private static string Shorter(string name) => name.Replace("owners' choice", "own choice", StringComparison.Ordinal);
}
