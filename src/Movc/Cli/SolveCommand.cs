using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Movc.Domain;
using Movc.Solve;

namespace Movc.Cli;

/// <summary><c>movc solve</c>: one dispatch, from a folder or drawn.</summary>
internal static class SolveCommand
{
    private const int ListedAtMost = 20;

    public static Command Create()
    {
        var instance = new Option<string?>("--instance") { Description = "Instance folder to solve", HelpName = "DIR" };
        var synthetic = new Option<bool>("--synthetic") { Description = "Draw a fleet in place of an instance folder" };
        var vehicles = new Option<int?>("--vehicles") { Description = "Vehicles of the drawn fleet", HelpName = "N" };
        var slots = new Option<int?>("--slots") { Description = "Ten-minute slots of the drawn horizon, from midnight: 144 = a day, 1008 = a week", HelpName = "T" };
        var profile = new Option<string?>("--profile") { Description = $"Kind of the drawn fleet: {string.Join(", ", SyntheticChoice.Profiles)}", HelpName = "NAME" };
        var writeInstance = new Option<string?>("--write-instance") { Description = "Keep the instance in this folder", HelpName = "DIR" };
        var output = new Option<string?>("--out") { Description = "Result folder; an earlier result there is replaced", HelpName = "DIR" };
        var seed = new Option<long>("--seed") { Description = "Seed of the drawn fleet and of the solver's sample", HelpName = "S", DefaultValueFactory = _ => 1 };
        var objective = new ObjectiveOptions(plainToo: true);
        var dense = new Option<bool>("--dense") { Description = "Write schedule.csv however many vehicles there are" };
        var threads = new Option<int>("--threads") { Description = "Threads; the plan does not depend on it; 0 = one per processor", HelpName = "N", DefaultValueFactory = _ => 0 };
        var exact = new Option<bool>("--exact") { Description = "Solve the plain linear program with CLP; small instances only" };
        var bundle = new Option<string?>("--bundle") { Description = "Write the plan as it is published: prices by which anybody derives and verifies it", HelpName = "FILE" };
        var previous = new Option<string?>("--previous") { Description = "Bundle of the plan before, which this one follows", HelpName = "FILE" };
        var compact = new Option<bool>("--compact") { Description = "Plan a large fleet so that its bundle is small: fewer rounds, no tail" };
        Option<int?> tail = Numbers.Optional<int>("--tail", Numbers.Count, "a whole number of 0 or more");
        tail.Description = "Vehicles of a large fleet planned as numbers, for the last thousandths of the gap; they make most of a bundle: 0 = none";
        tail.HelpName = "N";
        var json = new Option<bool>("--json") { Description = "Print result.json on standard output" };
        threads.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is < 0 or > 1024) result.AddError("--threads: give a whole number from 0 to 1024");
        });
        var command = new Command("solve", "Solve one dispatch and prove how close to the optimum it is")
        {
            instance, synthetic, vehicles, slots, profile, writeInstance, output, seed, dense, threads, exact, bundle, previous, compact, tail, json,
        };
        objective.AddTo(command);
        command.Validators.Add(result =>
        {
            if (result.GetValue(previous) is not null && result.GetValue(bundle) is null) result.AddError("--previous goes with --bundle FILE; give that too, or leave --previous out");
            if (result.GetValue(tail) < 0) result.AddError("--tail: give a whole number of 0 or more");
        });
        Examples.Add(
            command,
            ("movc solve --synthetic --vehicles 480000 --slots 144 --seed 1 --out result", "a drawn megacity and its day, with a certificate"),
            ("movc solve --instance instance --out result --json", "a folder of your own"),
            ("movc solve --synthetic --vehicles 200 --slots 144 --exact --write-instance instance --out exact", "the true optimum of a small fleet, and the instance to try elsewhere"),
            ("movc solve --synthetic --vehicles 480000 --slots 144 --compact --write-instance instance --bundle plan.movcplan", "a plan in kilobytes, for movc verify and movc setpoints"),
            ("movc solve --synthetic --vehicles 48000 --slots 144 --profile commuters --objective peak --peak-weight 0.1 --json", "the peak weighted apart"));
        command.SetAction((result, cancellationToken) => Guard.RunAsync(CancellationToken.None, async () =>
        {
            SyntheticChoice? drawn = Drawn(
                result.GetValue(instance), result.GetValue(synthetic), result.GetValue(vehicles), result.GetValue(slots), result.GetValue(profile), result.GetValue(seed));
            var options = new SolveOptions
            {
                InstanceFolder = result.GetValue(instance),
                Synthetic = drawn,
                WriteInstance = result.GetValue(writeInstance),
                Out = result.GetValue(output),
                Seed = result.GetValue(seed),
                Dense = result.GetValue(dense),
                Threads = result.GetValue(threads),
                Exact = result.GetValue(exact),
                Bundle = result.GetValue(bundle),
                Previous = result.GetValue(previous),
                Compact = result.GetValue(compact),
                Tail = result.GetValue(tail),
                Objective = objective.Read(result),
            };
            if (options.Out is null && options.Bundle is null && !result.GetValue(json)) throw new InputException("solve: the result would go nowhere; give --out DIR, --bundle FILE or --json");
            ResultDocument document = await Jobs.RunAsync((progress, stop) => SolveJob.Execute(options, progress, stop), cancellationToken);
            await Console.Out.WriteLineAsync(result.GetValue(json) ? JsonSerializer.Serialize(document, ResultDocument.Json) : Text(document, options));
            return ExitCode.Done;
        }));
        return command;
    }

    private static SyntheticChoice? Drawn(string? instance, bool synthetic, int? vehicles, int? slots, string? profile, long seed)
    {
        if (instance is not null && synthetic) throw new InputException("solve: --instance and --synthetic exclude one another; give one");
        if (!synthetic)
        {
            if (instance is null) throw new InputException("solve: nothing to solve; give --instance DIR, or --synthetic --vehicles N --slots T");
            if (vehicles is not null || slots is not null || profile is not null) throw new InputException("solve: --vehicles, --slots and --profile go with --synthetic; add it or leave them out");
            return null;
        }
        if (vehicles is null || slots is null) throw new InputException("solve: --synthetic needs --vehicles N and --slots T");
        return new SyntheticChoice(profile ?? "mixed", vehicles.Value, slots.Value, seed);
    }

    private static string Text(ResultDocument d, SolveOptions options)
    {
        var text = new System.Text.StringBuilder();
        void Line(FormattableString line) => text.AppendLine(line.ToString(CultureInfo.InvariantCulture));
        Line($"{d.Status}: {d.Vehicles:N0} vehicles, {d.Slots:N0} slots in {d.Seconds:0.000} s ({d.Method}), {d.PeakRssMb:0} MB at most");
        Line($"objective  {d.ObjectiveKind}{(d.PeakWeight > 0 ? FormattableString.Invariant($", peak weight {d.PeakWeight:0.####}") : string.Empty)}: {d.Objective:0.######} kW, bound {d.Bound:0.######} kW, gap {d.Gap:0.######%}");
        Line($"PVDR       {d.PvdrOriginal.WeeklyMedian.OverValley:0.000} original, {d.PvdrChargeOnly.WeeklyMedian.OverValley:0.000} charge only, {d.PvdrAfter.WeeklyMedian.OverValley:0.000} after (over the valley, median of days)");
        foreach (ResultDocument.InfeasibleEntry entry in d.Infeasible.Take(ListedAtMost))
            Line($"infeasible {entry.Vehicle}: {entry.Reason}: wanted {entry.WantedKwh:0.###} kWh, reachable {entry.ReachableKwh:0.###} kWh");
        if (d.Infeasible.Count > ListedAtMost) Line($"           and {d.Infeasible.Count - ListedAtMost:N0} more in result.json");
        if (options.Out is not null) Line($"result     {options.Out} ({d.Schedules})");
        if (d.Bundle is { } bundle) Line($"bundle     {bundle.File}: {bundle.Bytes:N0} bytes, plan {bundle.Plan}, hash {bundle.Hash}");
        return text.ToString().TrimEnd();
    }
}
