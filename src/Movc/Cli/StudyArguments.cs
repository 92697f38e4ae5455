using System.CommandLine;
using Movc.Domain.Charging;
using Movc.Ingest.Simulation;
using Movc.Studies.Dispatch;
using Movc.Studies.Points;
using Movc.Studies.Sweeps;

namespace Movc.Cli;

/// <summary>What <c>movc study</c> varies and shares, from the command line.</summary>
internal sealed class StudyArguments
{
    private readonly Option<string?> _preset = new("--preset") { Description = $"A study that is ready: {string.Join(", ", StudyPresets.All.Select(p => p.Name))}; what else is given replaces what it varies", HelpName = "NAME" };
    private readonly Option<IReadOnlyList<string>?> _city = Lists.Texts("--city", "a city or a parameter file");
    private readonly Option<IReadOnlyList<Season>?> _season = Lists.Names<Season>("--season");
    private readonly Option<IReadOnlyList<StrategyMix>?> _strategy = Lists.Names<StrategyMix>("--strategy");
    private readonly Option<IReadOnlyList<double>?> _gamma = Lists.Option<double>("--gamma", Between(0, 1000), "numbers from 0 to 1000");
    private readonly Option<IReadOnlyList<double>?> _satisfaction = Lists.Option<double>("--satisfaction", Between(0, 1), "numbers from 0 to 1");
    private readonly Option<IReadOnlyList<ChargingCase>?> _case = Lists.Names<ChargingCase>("--case");
    private readonly Option<IReadOnlyList<double>?> _quick = Lists.Option<double>("--qc", Between(0, 1), "numbers from 0 to 1");
    private readonly Option<IReadOnlyList<int>?> _fleet = Lists.Option<int>("--fleet", text => Numbers.Count(text) is >= 1 and <= 5_000_000 and var n ? n : null, "whole numbers from 1 to 5000000");
    private readonly Option<IReadOnlyList<double>?> _lambda = Lists.Option<double>("--lambda", Between(0.105, 1), "numbers from 0.105 to 1");
    private readonly Option<double> _sample = Numbers.Option<double>("--sample", Between(1e-6, 1), "a number over 0, at most 1");
    private readonly Option<int> _days = Numbers.Option<int>("--days", text => Numbers.Count(text) is >= 1 and <= 42 and var n ? n : null, "a whole number from 1 to 42");
    private readonly Option<long> _seed = Numbers.Option<long>("--seed", Numbers.Whole, "a whole number, as 1");
    private readonly Option<bool> _free = new("--free-end") { Description = "No floor on the energy at the period's end" };
    private readonly Option<int?> _batches = Numbers.Optional<int>("--batches", text => Numbers.Count(text) is >= 1 and <= 5_000_000 and var n ? n : null, "a whole number of 1 or more, 3000 in the paper");
    private readonly Option<bool> _fixedShare = new("--fixed-share") { Description = "Batches see their share of the whole fleet of the load, however many take part" };

    public StudyArguments()
    {
        Describe(_city, "Cities: names or parameter files (default shenzhen)", "NAME|FILE,…");
        Describe(_season, "Seasons: spring, summer, fall, winter (default summer)", "SEASON,…");
        Describe(_strategy, "Who takes part: willing (as owners decide), vws or vwc (everybody), smart (everybody, no discharging) (default willing)", "MIX,…");
        Describe(_gamma, "Compensation over the owners' mean damage cost (default the city's)", "G,…");
        Describe(_satisfaction, "Least share of the Charge Only energy at every departure (default 0)", "E,…");
        Describe(_case, "How people weigh charging: base, anxious, unconcerned, power, publicAtHomePrice, ignoresPrice (default base)", "CASE,…");
        Describe(_quick, "Share of vehicles with quick charging at home too; 1 is the QC 100 % study (default 0)", "Q,…");
        Describe(_fleet, "EVs that live in the city, beside the whole of its load (default the city's number)", "N,…");
        Describe(_lambda, "Weight of the energy that passes through batteries (default 0.15)", "L,…");
        (_sample.Description, _sample.HelpName, _sample.DefaultValueFactory) = ("Share of the fleet that is simulated, beside the same share of the load; results are scaled to the whole", "F", _ => 1);
        (_days.Description, _days.HelpName, _days.DefaultValueFactory) = ("Days from a Monday on", "N", _ => 7);
        (_seed.Description, _seed.HelpName, _seed.DefaultValueFactory) = ("Seed of everything drawn", "S", _ => 1);
        (_batches.Description, _batches.HelpName) = ("Solve it the paper's way too, in independent batches of so many vehicles, and report what that loses", "N");
    }

    public void AddTo(Command command)
    {
        foreach (Option option in (Option[])[_preset, _city, _season, _strategy, _gamma, _satisfaction, _case, _quick, _fleet, _lambda, _sample, _days, _seed, _free, _batches, _fixedShare]) command.Options.Add(option);
        _preset.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<string?>() is { } name && StudyPresets.All.All(p => !string.Equals(p.Name, name, StringComparison.Ordinal)))
                result.AddError($"--preset \"{name}\": give {string.Join(" or ", StudyPresets.All.Select(p => p.Name))}");
        });
        command.Validators.Add(result =>
        {
            if (result.GetValue(_fixedShare) && result.GetValue(_batches) is null) result.AddError("--fixed-share is for --batches: give that too, or leave --fixed-share out");
        });
    }

    public StudySettings Settings(ParseResult result) => new()
    {
        Sample = result.GetValue(_sample),
        Days = result.GetValue(_days),
        Seed = result.GetValue(_seed),
        FinalFloor = !result.GetValue(_free),
        Batches = result.GetValue(_batches) is { } n ? new BatchOptions(n, result.GetValue(_fixedShare)) : null,
    };

    public StudyPlan Plan(ParseResult result)
    {
        StudyPlan plan = result.GetValue(_preset) is { } name
            ? StudyPresets.All.Single(p => string.Equals(p.Name, name, StringComparison.Ordinal))
            : new StudyPlan("study", "A study", "What does the city come to under the settings given?", [new StudyGrid()]);
        return plan with { Grids = [.. plan.Grids.Select(Replaced)] };

        StudyGrid Replaced(StudyGrid grid) => grid with
        {
            Cities = result.GetValue(_city) ?? grid.Cities,
            Seasons = result.GetValue(_season) ?? grid.Seasons,
            Strategies = result.GetValue(_strategy) ?? grid.Strategies,
            Gammas = result.GetValue(_gamma)?.Select(g => (double?)g).ToArray() ?? grid.Gammas,
            Satisfactions = result.GetValue(_satisfaction) ?? grid.Satisfactions,
            Cases = result.GetValue(_case) ?? grid.Cases,
            QuickAtHomeShares = result.GetValue(_quick) ?? grid.QuickAtHomeShares,
            Fleets = result.GetValue(_fleet)?.Select(n => (int?)n).ToArray() ?? grid.Fleets,
            Lambdas = result.GetValue(_lambda) ?? grid.Lambdas,
        };
    }

    private static Func<string, double?> Between(double low, double high) => text => Numbers.Real(text) is { } number && number >= low && number <= high ? number : null;

    private static void Describe(Option option, string description, string name) => (option.Description, option.HelpName) = (description, name);
}
