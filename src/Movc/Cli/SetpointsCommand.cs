using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Movc.Domain;
using Movc.Solve;
using Movc.Verify;

namespace Movc.Cli;

/// <summary><c>movc setpoints</c>: an aggregator's own vehicles and a published plan.</summary>
internal static class SetpointsCommand
{
    public static Command Create()
    {
        var bundle = new Argument<string>("BUNDLE") { Description = "Plan bundle" };
        var instance = new Option<string>("--instance") { Description = "Instance folder of your vehicles alone; its load does not matter, its slots must be the plan's", HelpName = "DIR", Required = true };
        Option<int?> first = Numbers.Optional<int>("--first", Numbers.Count, "a whole number of 0 or more");
        first.Description = "Index in the plan of the folder's first vehicle; the others follow it";
        first.HelpName = "INDEX";
        var index = new Option<string?>("--index") { Description = "CSV with columns vehicle,index: the index in the plan of each vehicle", HelpName = "FILE" };
        var output = new Option<string?>("--out") { Description = "Write vehicle,index,setpointW as CSV", HelpName = "FILE" };
        var json = new Option<bool>("--json") { Description = "Print setpoints and sums as one JSON document on standard output" };
        var command = new Command("setpoints", "Derive your vehicles' setpoints from a published plan and their data alone, which stay with you") { bundle, instance, first, index, output, json };
        command.Validators.Add(result =>
        {
            if (result.GetValue(first) is not null && result.GetValue(index) is not null) result.AddError("--first and --index exclude one another; give one");
            if (result.GetValue(first) < 0) result.AddError("--first: give a whole number of 0 or more");
        });
        Examples.Add(
            command,
            ("movc setpoints plan.movcplan --instance mine --first 120000 --out setpoints.csv", "vehicles 120,000 and on of the plan"),
            ("movc setpoints plan.movcplan --instance mine --index index.csv --json", "vehicles here and there; without --first and --index ids that are numbers are indices"));
        command.SetAction((result, cancellationToken) => Guard.RunAsync(CancellationToken.None, async () =>
        {
            string? path = result.GetValue(output);
            if (path is not null && Directory.Exists(path)) throw new InputException($"--out {path}: a folder stands there; name a file");
            var options = new SetpointOptions(result.GetValue(bundle)!, result.GetValue(instance)!, result.GetValue(first), result.GetValue(index), path);
            PartDocument part = await Jobs.RunAsync((progress, stop) => SetpointsJob.Execute(options, progress, stop), cancellationToken);
            await Console.Out.WriteLineAsync(result.GetValue(json) ? JsonSerializer.Serialize(part, ResultDocument.Json) : Text(part, path));
            return part.IsWhole is false ? ExitCode.Failed : ExitCode.Done;
        }));
        return command;
    }

    private static string Text(PartDocument part, string? path)
    {
        string head = string.Create(CultureInfo.InvariantCulture, $"plan {part.Plan}, bundle {part.Bundle}{(path is null ? string.Empty : $": setpoints in {path}")}");
        return $"{head}\n{VerifyCommand.Part(part).TrimEnd()}";
    }
}
