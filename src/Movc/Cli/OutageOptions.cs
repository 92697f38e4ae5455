using System.CommandLine;
using Movc.Composition;
using Movc.Domain;
using Movc.Domain.Aggregators;
using Movc.Ingest.Publishing;

namespace Movc.Cli;

/// <summary>A drill: aggregators that are cut off for a while, <c>--outage</c>, <c>--outage-after</c>, <c>--outage-for</c>.</summary>
internal sealed class OutageOptions
{
    private readonly Option<double> _share = Numbers.Option<double>("--outage", text => Numbers.Real(text) is >= 0 and <= 1 and var share ? share : null, "a share from 0 to 1, as 0.3");
    private readonly Option<int> _after = Numbers.Option<int>("--outage-after", Numbers.Count, "a whole number of minutes, as 1080");
    private readonly Option<int> _minutes = Numbers.Option<int>("--outage-for", Numbers.Count, "a whole number of minutes, as 60");

    public OutageOptions()
    {
        (_share.Description, _share.HelpName) = ("Drill: this share of the aggregators is cut off for a while: what their vehicles do comes late, no setpoint reaches them", "SHARE");
        (_after.Description, _after.HelpName, _after.DefaultValueFactory) = ("City time from the start to that", "MINUTES", _ => 42 * 60);
        (_minutes.Description, _minutes.HelpName, _minutes.DefaultValueFactory) = ("How long it lasts, city time", "MINUTES", _ => 60);
    }

    public void AddTo(Command command)
    {
        foreach (Option option in (Option[])[_share, _after, _minutes]) command.Options.Add(option);
        command.Validators.Add(result =>
        {
            if (result.GetResult(_share) is { Implicit: false }) return;
            foreach (Option option in (Option[])[_after, _minutes])
            {
                if (result.GetResult(option) is { Implicit: false }) result.AddError($"{option.Name} is for --outage: give that too, or leave {option.Name} out");
            }
        });
    }

    /// <summary>The city with the outage in it.</summary>
    /// <param name="result">The command line.</param>
    /// <param name="setup">The city.</param>
    /// <param name="options">How it is run.</param>
    /// <param name="behaviour">How its aggregators answer beside.</param>
    /// <exception cref="InputException">It would cut off nobody.</exception>
    public (CitySetup Setup, CityRunOptions Options) Read(ParseResult result, CitySetup setup, CityRunOptions options, AggregatorBehaviour behaviour)
    {
        if (result.GetValue(_share) is not (> 0 and var share)) return (setup, options);
        IAggregatorMap aggregators = options.Desk.Aggregators;
        long fromMs = setup.Source.StartMs + (60_000L * result.GetValue(_after));
        var outage = new FeedOutage(share, fromMs, fromMs + (60_000L * result.GetValue(_minutes)));
        if (!outage.Cuts(aggregators, 0, fromMs)) throw new InputException(FormattableString.Invariant($"--outage {share}: cuts off none of {aggregators.Names.Count} aggregators for any time; give a larger share, more --aggregators, or --outage-for of a minute or more"));
        return (
            setup with { Source = new LostFeeds(setup.Source, outage, aggregators), Variant = FormattableString.Invariant($"{setup.Variant}, outage {share} from {outage.FromMs} to {outage.ToMs}") },
            options with { Desk = options.Desk with { Inside = options.Desk.Inside is null ? null : new SimulatedAggregator(behaviour with { Outage = outage, Aggregators = aggregators }) } });
    }
}
