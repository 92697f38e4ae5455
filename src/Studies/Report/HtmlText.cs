using System.Globalization;
using System.Net;
using System.Text;

namespace Movc.Studies.Report;

/// <summary>A page being written. Texts are encoded; drawings and tags are not.</summary>
internal sealed class HtmlText
{
    private readonly StringBuilder _text = new();

    /// <summary>Adds markup as it is.</summary>
    public HtmlText Raw(string markup)
    {
        _text.Append(markup).Append('\n');
        return this;
    }

    /// <summary>Adds an element with a text.</summary>
    public HtmlText Element(string tag, string text, string? style = null) =>
        Raw($"<{tag}{(style is null ? string.Empty : $" class=\"{style}\"")}>{Encode(text)}</{tag}>");

    /// <summary>Adds a drawing with what it shows.</summary>
    public HtmlText Figure(Chart chart, string caption)
    {
        Raw("<figure>");
        if (chart.Legend.Count > 0)
        {
            Raw("<ul class=\"legend\">");
            foreach ((string name, OxyPlot.OxyColor ink) in chart.Legend) Raw($"<li style=\"--of: {Ink.VariableOf(ink)}\">{Encode(name)}</li>");
            Raw("</ul>");
        }
        return Raw(chart.Svg).Raw($"<figcaption>{Encode(caption)}</figcaption></figure>");
    }

    /// <summary>Adds a table; the first column is text.</summary>
    public HtmlText Table(IReadOnlyList<string> columns, IEnumerable<IReadOnlyList<string>> rows)
    {
        Raw("<div class=\"scroll\" tabindex=\"0\"><table><thead><tr>");
        foreach (string column in columns) Raw($"<th scope=\"col\">{Encode(column)}</th>");
        Raw("</tr></thead><tbody>");
        foreach (IReadOnlyList<string> row in rows)
        {
            Raw($"<tr><th scope=\"row\">{Encode(row[0])}</th>{string.Concat(row.Skip(1).Select(c => $"<td>{Encode(c)}</td>"))}</tr>");
        }
        return Raw("</tbody></table></div>");
    }

    public override string ToString() => _text.ToString();

    /// <summary>A number as the report writes it.</summary>
    public static string Number(double value, string format = "#,0.###") => double.IsFinite(value) ? value.ToString(format, CultureInfo.InvariantCulture) : "–";

    public static string Encode(string text) => WebUtility.HtmlEncode(text);
}
