using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Movc.Bench;

/// <summary>What one benchmark found.</summary>
/// <param name="Name">As given on the command line.</param>
/// <param name="What">What was done, in a sentence or two.</param>
/// <param name="Machine">On what.</param>
/// <param name="MeasuredOn">Day, yyyy-mm-dd.</param>
/// <param name="Figures">The numbers.</param>
/// <param name="Notes">What a reader must know to judge them.</param>
internal sealed record Report(string Name, string What, Machine Machine, string MeasuredOn, IReadOnlyList<Figure> Figures, IReadOnlyList<string> Notes)
{
    private static readonly JsonSerializerOptions Json = new()
    {
        WriteIndented = true,
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public bool MeetsTargets => Figures.All(f => f.Meets);

    public string ToJson() => JsonSerializer.Serialize(this, Json) + "\n";

    public static Report Read(string path) => JsonSerializer.Deserialize<Report>(File.ReadAllText(path), Json)!;

    public string ToMarkdown()
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"### {Name}\n\n{What}\n\n{Machine}; {MeasuredOn}.\n\n");
        bool aims = Figures.Any(f => f.Aim.Length > 0);
        text.Append(CultureInfo.InvariantCulture, $"| figure | median | min – max | runs | {(aims ? "required | aim" : "target")} |\n| --- | ---: | ---: | ---: | {(aims ? "--- | ---" : "---")} |\n");
        foreach (Figure f in Figures)
            text.Append(CultureInfo.InvariantCulture, $"| {f.Name}, {f.Unit} | {Number(f.Median)} | {Number(f.Min)} – {Number(f.Max)} | {f.Runs} | {Verdict(f)}{(aims ? " | " + f.Aim : string.Empty)} |\n");
        foreach (string note in Notes) text.Append(CultureInfo.InvariantCulture, $"\n- {note}");
        return text.Append(Notes.Count > 0 ? "\n" : string.Empty).ToString();
    }

    /// <summary>The figure's target and whether it is met, or nothing.</summary>
    public static string Verdict(Figure f) => f.Target.Length == 0 ? string.Empty : f.Target + (f.Meets ? " ✓" : " ✗");

    public static string Number(double value) => Math.Abs(value) switch
    {
        0 => "0",
        >= 1000 => value.ToString("#,0", CultureInfo.InvariantCulture),
        >= 10 => value.ToString("0.0", CultureInfo.InvariantCulture),
        >= 0.01 => value.ToString("0.000", CultureInfo.InvariantCulture),
        _ => value.ToString("0.######", CultureInfo.InvariantCulture),
    };
}
