using Movc.Studies.Sweeps;

namespace Movc.Studies.Report;

/// <summary>Which assumed inputs a section's numbers stand on.</summary>
/// <param name="cities">Of the study.</param>
internal sealed class Marks(IReadOnlyList<StudyCity> cities)
{
    private const string Start = "[G] ";

    /// <summary>A line that counts the assumed values by section of the parameter files, each leading to their list.</summary>
    /// <param name="sections">As "load".</param>
    /// <returns>Markup.</returns>
    public string Of(params ReadOnlySpan<string> sections)
    {
        var parts = new List<string>();
        foreach (string section in sections)
        {
            int count = cities.SelectMany(c => c.Assumptions).Where(a => string.Equals(SectionOf(a), section, StringComparison.Ordinal)).Select(NameOf).Distinct(StringComparer.Ordinal).Count();
            if (count > 0) parts.Add($"<a href=\"#g-{section}\">{section} {count}</a>");
        }
        return parts.Count == 0 ? "Stands on no assumed value [G]." : $"Stands on assumed values [G]: {string.Join(", ", parts)}.";
    }

    /// <summary>Section of an assumption's line, as "load"; empty where it stands in none.</summary>
    public static string SectionOf(string assumption)
    {
        string name = NameOf(assumption);
        int dot = name.IndexOf('.', StringComparison.Ordinal);
        return dot < 0 ? string.Empty : name[..dot];
    }

    private static string NameOf(string assumption)
    {
        if (!assumption.StartsWith(Start, StringComparison.Ordinal)) return string.Empty;
        int end = assumption.AsSpan(Start.Length).IndexOfAny(' ', ':');
        return end < 0 ? assumption[Start.Length..] : assumption.Substring(Start.Length, end);
    }
}
