using OxyPlot;
using OxyPlot.Axes;
using OxyPlot.Series;

namespace Movc.Studies.Report;

/// <summary>A map of many places as dots: larger where there is more.</summary>
internal static class PlaceMap
{
    private const int Width = 960;

    /// <summary>Draws the map.</summary>
    /// <param name="drawing">Of the page.</param>
    /// <param name="title">Told to who cannot see it.</param>
    /// <param name="layers">Dots by layer: km east, km north, weight of 0 or more.</param>
    public static Chart Of(Drawing drawing, string title, IReadOnlyList<(string Name, OxyColor Ink, IReadOnlyList<(double East, double North, double Weight)> Dots)> layers)
    {
        var all = layers.SelectMany(l => l.Dots).ToArray();
        double west = all.Min(d => d.East) - 1, east = all.Max(d => d.East) + 1, south = all.Min(d => d.North) - 1, north = all.Max(d => d.North) + 1;
        PlotModel plot = Drawing.Plot();
        LinearAxis x = Drawing.Across("km east", "0"), y = Drawing.Values("km north", "0");
        (x.Minimum, x.Maximum, y.Minimum, y.Maximum) = (west, east, south, north);
        plot.Axes.Add(x);
        plot.Axes.Add(y);
        foreach ((_, OxyColor ink, IReadOnlyList<(double East, double North, double Weight)> dots) in layers)
        {
            double most = Math.Max(1e-12, dots.Count == 0 ? 0 : dots.Max(d => d.Weight));
            var series = new ScatterSeries { MarkerType = MarkerType.Circle, MarkerFill = OxyColor.FromAColor(110, ink), MarkerStrokeThickness = 0 };
            foreach ((double e, double n, double weight) in dots) series.Points.Add(new ScatterPoint(e, n, 1 + (7 * Math.Sqrt(weight / most))));
            plot.Series.Add(series);
        }
        int height = Math.Clamp((int)(Width * (north - south) / Math.Max(1, east - west)) + 40, 240, 1100);
        return new Chart(drawing.Svg(plot, title, Width, height), [.. layers.Select(l => (l.Name, l.Ink))]);
    }
}
