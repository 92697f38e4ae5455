using System.CommandLine;
using System.Globalization;
using Movc.Solve;

namespace Movc.Cli;

/// <summary><c>--objective</c> and <c>--peak-weight</c>, of every verb that dispatches.</summary>
internal sealed class ObjectiveOptions
{
    private readonly Option<string?> _kind;
    private readonly Option<double?> _weight = Numbers.Optional<double>("--peak-weight", text => Numbers.Real(text) is > 0 and < 1 and var w ? w : null, "a number over 0 and under 1, as 0.05");

    /// <param name="plainToo">Whether the dispatch without a tie-break is offered, which serves comparison alone.</param>
    public ObjectiveOptions(bool plainToo)
    {
        string[] kinds = plainToo ? [ObjectiveChoice.Flattest, ObjectiveChoice.Plain, ObjectiveChoice.Peak] : [ObjectiveChoice.Flattest, ObjectiveChoice.Peak];
        _kind = new Option<string?>("--objective")
        {
            Description = plainToo
                ? "flattest: least imbalance, of equal plans the flattest; plain: without that choice; peak: each day's peak has a weight of its own [default: the instance's own, else flattest]"
                : "flattest: least imbalance, of equal plans the flattest; peak: each day's peak has a weight of its own [default: flattest]",
            HelpName = string.Join('|', kinds),
        };
        _kind.Validators.Add(result =>
        {
            string? given = result.GetValueOrDefault<string?>();
            if (given is not null && !kinds.Contains(given, StringComparer.Ordinal)) result.AddError($"--objective {given}: give one of {string.Join(", ", kinds)}");
        });
        _weight.Description = string.Create(CultureInfo.InvariantCulture, $"With --objective peak: the peak counts as much as this share of the day's slots [default: {ObjectiveChoice.DefaultPeakWeight}]");
        _weight.HelpName = "W";
    }

    public void AddTo(Command command)
    {
        command.Options.Add(_kind);
        command.Options.Add(_weight);
        command.Validators.Add(result =>
        {
            if (result.GetResult(_weight) is { Implicit: false } && !string.Equals(result.GetValue(_kind), ObjectiveChoice.Peak, StringComparison.Ordinal))
                result.AddError("--peak-weight goes with --objective peak: add it or leave the weight out");
        });
    }

    public ObjectiveChoice Read(ParseResult result) => new(result.GetValue(_kind), result.GetValue(_weight));
}
