using System.CommandLine;
using System.Globalization;
using Movc.Domain;
using Movc.Domain.Operators;

namespace Movc.Cli;

/// <summary>Districts' limits from the start on: <c>--limit NAME=IMPORT</c>, <c>--limit NAME=IMPORT/EXPORT</c>.</summary>
internal sealed class LimitOptions
{
    private readonly Option<string[]> _limits = new("--limit")
    {
        Description = "What a district's vehicles may draw together, kW, and after a slash what they may deliver; may be given again for another district. On the page and over HTTP limits can be changed while the city runs",
        HelpName = "DISTRICT=IMPORT[/EXPORT]",
    };

    public void AddTo(Command command) => command.Options.Add(_limits);

    /// <summary>Reads them as the orders that they are.</summary>
    /// <exception cref="InputException">One cannot be read.</exception>
    public IReadOnlyList<HoldCommand> Read(ParseResult result) => [.. (result.GetValue(_limits) ?? []).Select(Parse)];

    private static HoldCommand Parse(string text)
    {
        int equals = text.LastIndexOf('=');
        string[] powers = equals > 0 ? text[(equals + 1)..].Split('/') : [];
        if (powers.Length is not (1 or 2)) throw Wrong(text);
        double?[] kw = [.. powers.Select(p => p.Length == 0 ? (double?)null : double.TryParse(p, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && value >= 0 && double.IsFinite(value) ? value : throw Wrong(text))];
        if (Array.TrueForAll(kw, k => k is null)) throw Wrong(text);
        return new HoldCommand(OperatorEntry.Limit, HoldScope.District, text[..equals], "command line", "--limit", kw[0], kw.Length == 2 ? kw[1] : null);
    }

    private static InputException Wrong(string text) => new($"--limit \"{text}\": write Futian=12000, or Futian=12000/8000 where what is delivered is limited too, kW");
}
