using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Movc.Solve;

namespace Movc.Cli;

/// <summary><c>movc audit</c>: a result folder read by a second pair of eyes.</summary>
internal static class AuditCommand
{
    public static Command Create()
    {
        var folder = new Argument<string>("DIR") { Description = "Result folder of movc solve" };
        var instance = new Option<string?>("--instance") { Description = "Instance folder, where the result does not lead to it", HelpName = "DIR" };
        var full = new Option<bool>("--full") { Description = $"Recompute the bound over more than {AuditJob.BoundUpTo.ToString("N0", CultureInfo.InvariantCulture)} vehicles too" };
        var json = new Option<bool>("--json") { Description = "Print the findings as one JSON document on standard output" };
        var command = new Command("audit", "Check a result: replay every schedule, recompute objective and bound; exit code 1 where something is wrong") { folder, instance, full, json };
        Examples.Add(
            command,
            ("movc audit result", "0 and a line when all is well, 1 and the findings when not"),
            ("movc audit result --instance instance --full --json", "against a named instance, bound and all"));
        command.SetAction((result, cancellationToken) => Guard.RunAsync(CancellationToken.None, async () =>
        {
            AuditDocument document = await Jobs.RunAsync(
                (progress, _) => AuditJob.Execute(result.GetValue(folder)!, result.GetValue(instance), result.GetValue(full), progress), cancellationToken);
            await Console.Out.WriteLineAsync(result.GetValue(json) ? JsonSerializer.Serialize(document, ResultDocument.Json) : Text(document));
            return document.Clean ? ExitCode.Done : ExitCode.Failed;
        }));
        return command;
    }

    private static string Text(AuditDocument d)
    {
        var text = new System.Text.StringBuilder();
        void Line(FormattableString line) => text.AppendLine(line.ToString(CultureInfo.InvariantCulture));
        Line($"{(d.Clean ? "clean" : "findings")}: {d.FindingCount:N0} findings, {d.Checked:N0} of {d.Vehicles:N0} schedules replayed against {d.Instance}");
        if (d.Objective is { } objective) Line($"objective  {objective:0.######} kW recomputed");
        if (d.Bound is { } bound) Line($"bound      {bound:0.######} kW recomputed, gap {d.Gap:0.######%}");
        foreach (AuditDocument.Entry entry in d.Findings) Line($"{entry.Kind}: {entry.Message}");
        if (d.FindingCount > d.Findings.Count) Line($"and {d.FindingCount - d.Findings.Count:N0} more");
        foreach (string left in d.NotChecked) Line($"not checked: {left}");
        return text.ToString().TrimEnd();
    }
}
