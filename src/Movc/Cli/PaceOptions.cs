using System.CommandLine;
using System.Globalization;

namespace Movc.Cli;

/// <summary>How fast a city runs, and how far.</summary>
internal sealed class PaceOptions
{
    private readonly Option<string> _speed = new("--speed")
    {
        Description = "City seconds per wall second (1 = real time, 60 = an interval in 10 s), or max",
        HelpName = "X|max",
        DefaultValueFactory = _ => "60",
    };

    private readonly Option<int?> _intervals = Numbers.Optional<int>("--intervals", text => Numbers.Count(text) is > 0 and var count ? count : null, "a whole number of 1 or more, as 144");

    private readonly bool _isSource;

    /// <param name="description">Of the speed, where it is not a source that runs; null = it is one.</param>
    public PaceOptions(string? description = null)
    {
        _isSource = description is null;
        if (description is not null) _speed.Description = description;
        _intervals.Description = "Ten-minute intervals to run, from where the data stand; without it to the source's end";
        _intervals.HelpName = "N";
    }

    public void AddTo(Command command)
    {
        command.Options.Add(_speed);
        if (_isSource) command.Options.Add(_intervals);
        _speed.Validators.Add(result =>
        {
            if (!TryParseSpeed(result.GetValueOrDefault<string>() ?? string.Empty, out double? _))
                result.AddError($"--speed \"{result.GetValueOrDefault<string>()}\": give a number over 0, as 60, or max");
        });
    }

    /// <summary>City seconds per wall second; null = as fast as it goes.</summary>
    public double? Speed(ParseResult result) => TryParseSpeed(result.GetValue(_speed)!, out double? speed) ? speed : null;

    public int? Intervals(ParseResult result) => result.GetValue(_intervals);

    internal static bool TryParseSpeed(string text, out double? speed)
    {
        speed = null;
        if (string.Equals(text, "max", StringComparison.OrdinalIgnoreCase)) return true;
        if (!double.TryParse(text.TrimEnd('x', 'X'), NumberStyles.Float, CultureInfo.InvariantCulture, out double value) || !(value > 0) || value > 1e6) return false;
        speed = value;
        return true;
    }
}
