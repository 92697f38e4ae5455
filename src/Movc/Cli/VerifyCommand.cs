using System.CommandLine;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Movc.Solve;
using Movc.Verify;

namespace Movc.Cli;

/// <summary><c>movc verify</c>: published plans checked offline.</summary>
internal static class VerifyCommand
{
    private const int ListedAtMost = 20;

    public static Command Create()
    {
        var bundles = new Argument<string[]>("BUNDLE") { Description = "Plan bundles of movc solve --bundle, the oldest first: each must follow the one before", Arity = ArgumentArity.OneOrMore };
        var instance = new Option<string?>("--instance") { Description = "Instance folder of the last bundle: schedules, needs, objective and bound are checked too", HelpName = "DIR" };
        Option<IReadOnlyList<string>?> vehicles = Lists.Texts("--vehicles", "ids of the instance's vehicles");
        vehicles.Description = "Look at these vehicles alone: their setpoints and their part of the schedule hash";
        vehicles.HelpName = "ID,ID,...";
        var json = new Option<bool>("--json") { Description = "Print the checks as one JSON document on standard output" };
        var command = new Command("verify", "Verify published plans: integrity, chain, prices and, with the instance, every schedule; exit code 1 where a check fails") { bundles, instance, vehicles, json };
        Examples.Add(
            command,
            ("movc verify monday.movcplan tuesday.movcplan", "what can be said without the vehicles' data, and that one follows the other"),
            ("movc verify plan.movcplan --instance instance", "everything: schedules, needs, objective and bound"),
            ("movc verify plan.movcplan --instance instance --vehicles 17,4711 --json", "two vehicles' setpoints"));
        command.SetAction((result, cancellationToken) => Guard.RunAsync(CancellationToken.None, async () =>
        {
            VerifyDocument document = await Jobs.RunAsync(
                (progress, stop) => VerifyJob.Execute(result.GetValue(bundles)!, result.GetValue(instance), result.GetValue(vehicles), progress, stop), cancellationToken);
            await Console.Out.WriteLineAsync(result.GetValue(json) ? JsonSerializer.Serialize(document, ResultDocument.Json) : Text(document));
            return document.Verified ? ExitCode.Done : ExitCode.Failed;
        }));
        return command;
    }

    private static string Text(VerifyDocument d)
    {
        var text = new StringBuilder();
        void Line(FormattableString line) => text.AppendLine(line.ToString(CultureInfo.InvariantCulture));
        foreach (VerifyDocument.Bundle bundle in d.Bundles)
        {
            Line($"{bundle.File}: {bundle.Bytes:N0} bytes, hash {bundle.Hash}");
            if (bundle.Id is not null)
                Line($"  plan {bundle.Id}{(bundle.At is { Ticks: var ticks } && ticks > DateTimeOffset.UnixEpoch.Ticks ? FormattableString.Invariant($" of {bundle.At:yyyy-MM-dd HH:mm}Z") : string.Empty)}: {bundle.Vehicles:N0} vehicles, {bundle.Slots:N0} slots, {bundle.Rounds:N0} rounds, objective {bundle.Objective:0.###} kW, bound {bundle.Bound:0.###} kW");
            foreach (VerifyDocument.Check check in bundle.Checks.Where(c => c.Outcome != CheckOutcome.NotMade))
            {
                Line($"  {check.Name,-10} {(check.Outcome == CheckOutcome.Ok ? "ok" : "FAILED"),-7} {check.Note}");
                if (check.Outcome != CheckOutcome.Failed) continue;
                if (check.Expected is not null) Line($"             expected {check.Expected}");
                if (check.Found is not null) Line($"             found    {check.Found}");
            }
            foreach (IGrouping<string, VerifyDocument.Check> left in bundle.Checks.Where(c => c.Outcome == CheckOutcome.NotMade).GroupBy(c => c.Note, StringComparer.Ordinal))
                Line($"  not made   {string.Join(", ", left.Select(c => c.Name))}: {left.Key}");
            if (bundle.Part is { } part) text.Append(Part(part));
        }
        Line($"{(d.Verified ? d.Complete ? "verified" : "verified as far as checks were made" : "NOT VERIFIED")}");
        return text.ToString().TrimEnd();
    }

    /// <summary>Setpoints in words, the first of them.</summary>
    internal static string Part(PartDocument part)
    {
        var text = new StringBuilder();
        void Line(FormattableString line) => text.AppendLine(line.ToString(CultureInfo.InvariantCulture));
        Line($"  {"vehicle",-24} {"index",10} {"setpoint, W",12}");
        foreach (PartDocument.Setpoint setpoint in part.Setpoints.Take(ListedAtMost)) Line($"  {setpoint.Vehicle,-24} {setpoint.Index,10} {setpoint.PowerW,12:N0}");
        if (part.Setpoints.Count > ListedAtMost) Line($"  and {part.Setpoints.Count - ListedAtMost:N0} more");
        Line($"  {part.Vehicles:N0} vehicles at {part.PowerW / 1000.0:N3} kW together; {part.Lowered:N0} cannot reach what they need");
        Line($"  part {part.Part} of the schedule hash {part.Whole}{(part.IsWhole switch { true => ": all of it", false => ": NOT what all vehicles should come to", _ => string.Empty })}");
        return text.ToString();
    }
}
