using System.Globalization;
using System.Net;
using OxyPlot;
using OxyPlot.Axes;

namespace Movc.Studies.Report;

/// <summary>Turns a plot into a drawing inside the page.</summary>
/// <remarks>Drawings of one page share its names, so each gets names of its own. The same plot gives the same bytes.</remarks>
internal sealed class Drawing
{
    private int _count;

    /// <summary>An empty plot in the style of the report; its legend is the page's.</summary>
    public static PlotModel Plot() => new()
    {
        DefaultFont = "system-ui, sans-serif",
        DefaultFontSize = 12,
        TextColor = Ink.Text,
        PlotAreaBorderThickness = new OxyThickness(0),
        Background = OxyColors.Transparent,
        Padding = new OxyThickness(4, 4, 12, 4),
    };

    /// <summary>A vertical axis of numbers.</summary>
    public static LinearAxis Values(string title, string format = "#,0.###") => Styled(new LinearAxis { Position = AxisPosition.Left, Title = title, StringFormat = format, MajorGridlineStyle = LineStyle.Solid });

    /// <summary>A horizontal axis of numbers.</summary>
    public static LinearAxis Across(string title, string format = "#,0.###") => Styled(new LinearAxis { Position = AxisPosition.Bottom, Title = title, StringFormat = format, MajorGridlineStyle = LineStyle.Solid });

    /// <summary>A horizontal axis of numbers that grow by factors.</summary>
    public static LogarithmicAxis Factors(string title) => Styled(new LogarithmicAxis { Position = AxisPosition.Bottom, Title = title, StringFormat = "0.##", MajorGridlineStyle = LineStyle.Solid });

    /// <summary>A horizontal axis of the days from a Monday on; values are days.</summary>
    public static LinearAxis Days(int days)
    {
        LinearAxis axis = Styled(new LinearAxis { Position = AxisPosition.Bottom, Minimum = 0, Maximum = days, MajorStep = 1, MinorStep = 0.25, MajorGridlineStyle = LineStyle.Solid });
        string[] names = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
        axis.LabelFormatter = day => day < days && day >= 0 ? names[(int)day % 7] : string.Empty;
        return axis;
    }

    /// <summary>A vertical axis of names, the first on top.</summary>
    public static CategoryAxis Names(IEnumerable<string> names)
    {
        CategoryAxis axis = Styled(new CategoryAxis { Position = AxisPosition.Left, StartPosition = 1, EndPosition = 0, GapWidth = 0.35 });
        axis.Labels.AddRange(names);
        return axis;
    }

    /// <summary>The drawing as SVG for the page.</summary>
    /// <param name="plot">What is drawn.</param>
    /// <param name="title">Told to who cannot see it.</param>
    /// <param name="width">Its own units; the page scales it.</param>
    /// <param name="height">The same.</param>
    public string Svg(PlotModel plot, string title, int width, int height)
    {
        string svg = new SvgExporter { Width = width, Height = height, IsDocument = false, TextMeasurer = new WideText(width, height) }.ExportToString(plot);
        svg = svg[svg.IndexOf("<svg", StringComparison.Ordinal)..];
        int end = svg.IndexOf('>', StringComparison.Ordinal);
        string head = string.Create(CultureInfo.InvariantCulture, $"<svg viewBox=\"0 0 {width} {height}\" role=\"img\" aria-label=\"{WebUtility.HtmlEncode(title)}\"");
        string own = string.Create(CultureInfo.InvariantCulture, $"clip{++_count}-");
        string body = svg[end..].Replace("id=\"clipPath", $"id=\"{own}", StringComparison.Ordinal).Replace("url(#clipPath", $"url(#{own}", StringComparison.Ordinal);
        return Ink.Themed(head + body);
    }

    private static T Styled<T>(T axis)
        where T : Axis
    {
        axis.AxislineColor = Ink.Soft;
        axis.TicklineColor = Ink.Soft;
        axis.TextColor = Ink.Text;
        axis.TitleColor = Ink.Soft;
        axis.MajorGridlineColor = Ink.Grid;
        axis.MinorTickSize = 0;
        axis.AxisTitleDistance = 10;
        return axis;
    }

    /// <summary>Room for texts in whatever font a reader has: the widest usual ones are a quarter wider than the one that is measured.</summary>
    private sealed class WideText(double width, double height) : PdfRenderContext(width, height, OxyColors.Transparent)
    {
        private const double Wider = 1.25;

        public override OxySize MeasureText(string text, string fontFamily, double fontSize, double fontWeight)
        {
            OxySize size = base.MeasureText(text, "Arial", fontSize, fontWeight);
            return new OxySize(size.Width * Wider, size.Height * 1.1);
        }
    }
}
