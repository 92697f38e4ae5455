using System.Reflection;

namespace Movc.Studies.Report;

/// <summary>What all reports share: one page that needs nothing beside it, no network, no script, no clock.</summary>
internal static class ReportPage
{
    /// <summary>Begins a page: its head and the first lines for people.</summary>
    public static HtmlText Open(string title, string question, IEnumerable<(string Name, string Value)> facts)
    {
        var page = new HtmlText();
        page.Raw("<!doctype html>").Raw("<html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">")
            .Element("title", $"{title} · Movc").Raw($"<style>{Style()}</style></head><body>")
            .Raw("<header>").Element("h1", title).Element("p", question).Raw("<dl>");
        foreach ((string name, string value) in facts) page.Element("dt", name).Element("dd", value);
        return page.Raw("</dl></header><main>");
    }

    /// <summary>Ends a page.</summary>
    public static string Close(HtmlText page) => page.Raw("</main></body></html>").ToString();

    private static string Style()
    {
        using Stream stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("Movc.Studies.Report.report.css")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
