using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace Movc.Browser.Tests.Support;

/// <summary>Everything that the page shows, taken at one moment.</summary>
/// <param name="At">City instant of the frame on show.</param>
/// <param name="Readings">Every element that carries a value for machines.</param>
internal sealed partial record PagePicture(string At, IReadOnlyList<PagePicture.Reading> Readings)
{
    private const string Script = """
        () => JSON.stringify({
          at: document.querySelector('[data-testid=city]').dataset.at,
          readings: [...document.querySelectorAll('[data-testid][data-value]')].map((e) => ({
            testId: e.dataset.testid, value: e.dataset.value, text: e.textContent.trim(),
            unit: e.parentElement.querySelector('.unit')?.textContent ?? '',
          })),
        })
        """;

    private static readonly JsonSerializerOptions Web = new(JsonSerializerDefaults.Web);

    public static async Task<PagePicture> OfAsync(IPage page) =>
        JsonSerializer.Deserialize<PagePicture>(await page.EvaluateAsync<string>(Script), Web)!;

    /// <summary>Where the page says something else than the API's answer; empty = all equal.</summary>
    public IReadOnlyList<string> DifferencesFrom(JsonElement answer)
    {
        var differences = new List<string>();
        if (!SameInstant(At, answer.GetProperty("frame").GetProperty("at"))) return [$"page at {At}, API at {answer.GetProperty("frame").GetProperty("at")}"];
        IReadOnlyDictionary<string, object?> expected = ExpectedReadings.Of(answer);
        foreach (Reading reading in Readings)
        {
            if (!expected.TryGetValue(reading.TestId, out object? value)) differences.Add($"{reading.TestId} shows {reading.Value}, which nothing of the API stands behind");
            else if (!reading.Shows(value)) differences.Add($"{reading.TestId} has {reading.Value}, the API {value ?? "null"}");
            else if (!reading.TextFits) differences.Add($"{reading.TestId} reads \"{reading.Text} {reading.Unit}\" for {reading.Value}");
        }
        foreach (string missing in expected.Keys.Except(Readings.Select(r => r.TestId), StringComparer.Ordinal)) differences.Add($"{missing} is not on the page");
        return differences;
    }

    private static bool SameInstant(string page, JsonElement api) =>
        api.ValueKind == JsonValueKind.String && page.Length > 0 && DateTimeOffset.Parse(page, CultureInfo.InvariantCulture) == api.GetDateTimeOffset();

    /// <summary>One value on the page.</summary>
    /// <param name="TestId">Which.</param>
    /// <param name="Value">JSON, full precision.</param>
    /// <param name="Text">As people read it.</param>
    /// <param name="Unit">Beside it.</param>
    internal sealed partial record Reading(string TestId, string Value, string Text, string Unit)
    {
        /// <summary>True when the number as people read it is the value, rounded.</summary>
        public bool TextFits
        {
            get
            {
                if (Value is "null") return TestId is "speed" ? Text is "max speed" : Text is "–";
                // Written as words, or as a share of the whole instead of the count.
                if (TestId is "city-time" or "plan-age" or "speed" or "connection" || Value.StartsWith('"') || TestId.StartsWith("quality-", StringComparison.Ordinal)) return Text.Length > 0;
                Match match = Number().Match(Text.Replace(",", string.Empty, StringComparison.Ordinal).Replace('−', '-'));
                if (!match.Success) return false;
                string unit = Unit.Length > 0 ? Unit : Text.EndsWith("MW", StringComparison.Ordinal) ? "MW" : string.Empty;
                double scaled = double.Parse(Value, CultureInfo.InvariantCulture) * (unit switch { "MW" => 1e-3, "%" => 100, _ => 1 });
                double half = 0.5 * Math.Pow(10, -match.Groups["decimals"].Length) * (1 + 1e-9);
                return Math.Abs(double.Parse(match.Value, CultureInfo.InvariantCulture) - scaled) <= half;
            }
        }

        public bool Shows(object? expected) => expected switch
        {
            null => Value is "null",
            ExpectedReadings.Near near => double.TryParse(Value, CultureInfo.InvariantCulture, out double v) && Math.Abs(v - near.Value) <= near.Within,
            string text => string.Equals(Value, JsonSerializer.Serialize(text), StringComparison.Ordinal),
            double number => double.TryParse(Value, CultureInfo.InvariantCulture, out double v) && v == number,
            _ => false,
        };

        [GeneratedRegex(@"-?\d+(\.(?<decimals>\d+))?", RegexOptions.ExplicitCapture, 1000)]
        private static partial Regex Number();
    }
}
