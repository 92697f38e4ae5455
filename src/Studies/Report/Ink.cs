using System.Globalization;
using OxyPlot;

namespace Movc.Studies.Report;

/// <summary>Colours of the charts: each is drawn as a mark that becomes a variable of the page, so that charts follow its light and dark theme.</summary>
internal static class Ink
{
    // No drawing uses these near-blacks for anything else.
    private static readonly string[] Names =
        ["ink", "ink-soft", "grid", "curve-original", "curve-charge-only", "curve-after", "tone-1", "tone-2", "tone-3", "tone-4", "tone-5", "tone-6"];

    public static OxyColor Text => Of(0);

    public static OxyColor Soft => Of(1);

    public static OxyColor Grid => Of(2);

    public static OxyColor Original => Of(3);

    public static OxyColor ChargeOnly => Of(4);

    public static OxyColor After => Of(5);

    /// <summary>One of six tones for whatever has no colour of its own.</summary>
    public static OxyColor Tone(int index) => Of(6 + (index % 6));

    /// <summary>A drawing with the marks replaced by the page's variables.</summary>
    public static string Themed(string svg)
    {
        for (int i = 0; i < Names.Length; i++)
        {
            OxyColor c = Of(i);
            svg = svg.Replace(string.Create(CultureInfo.InvariantCulture, $"rgb({c.R},{c.G},{c.B})"), $"var(--{Names[i]})", StringComparison.Ordinal);
        }
        return svg;
    }

    /// <summary>The page's variable behind a colour.</summary>
    public static string VariableOf(OxyColor ink) => $"var(--{Names[ink.B - 1]})";

    private static OxyColor Of(int index) => OxyColor.FromRgb(1, 1, (byte)(1 + index));
}
