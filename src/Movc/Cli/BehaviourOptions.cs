using System.CommandLine;
using Movc.Domain.Aggregators;

namespace Movc.Cli;

/// <summary>How simulated aggregators answer: <c>--delay</c>, <c>--refuse</c>, <c>--partial</c>, <c>--silent</c>.</summary>
internal sealed class BehaviourOptions
{
    private readonly Option<double> _delay = Numbers.Option<double>("--delay", text => Numbers.Real(text) is >= 0 and <= 3600 and var s ? s : null, "seconds from 0 to 3600, as 20");
    private readonly Option<double> _refuse = Share("--refuse");
    private readonly Option<double> _partial = Share("--partial");
    private readonly Option<double> _silent = Share("--silent");

    public BehaviourOptions()
    {
        (_delay.Description, _delay.HelpName) = ("Mean time until simulated aggregators answer, s of city time, exponential", "SECONDS");
        _refuse.Description = "Share of setpoints that they refuse, 0 to 1";
        _partial.Description = "Share of setpoints that their vehicles follow in part only, 0 to 1";
        _silent.Description = "Share of intervals in which an aggregator does not answer at all, 0 to 1";
    }

    public void AddTo(Command command)
    {
        foreach (Option option in (Option[])[_delay, _refuse, _partial, _silent]) command.Options.Add(option);
    }

    /// <summary>Reads them.</summary>
    /// <param name="result">The command line.</param>
    /// <param name="seed">Of everything drawn.</param>
    public AggregatorBehaviour Read(ParseResult result, long seed) =>
        new(seed, result.GetValue(_delay), result.GetValue(_refuse), result.GetValue(_partial), result.GetValue(_silent));

    private static Option<double> Share(string name)
    {
        Option<double> option = Numbers.Option<double>(name, text => Numbers.Real(text) is >= 0 and <= 1 and var share ? share : null, "a share from 0 to 1, as 0.05");
        option.HelpName = "SHARE";
        return option;
    }
}
