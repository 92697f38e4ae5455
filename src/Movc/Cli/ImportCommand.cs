using System.CommandLine;
using System.Globalization;
using Movc.Output;
using Movc.Recording;

namespace Movc.Cli;

/// <summary><c>movc import</c>: a recording becomes a data directory.</summary>
internal static class ImportCommand
{
    public static Command Create()
    {
        var file = new Argument<string>("file") { Description = "Recording, as week.movc.zip" };
        var data = new Option<string>("--data") { Description = "Data directory to make; must be new or empty", HelpName = "DIR", Required = true };
        var json = new Option<bool>("--json") { Description = "Print the manifest as one JSON document on standard output" };
        var command = new Command("import", "Make a data directory of a recording: checks every checksum, folds all events and compares the state's hash; then movc replay, state and rebuild take it") { file, data, json };
        Examples.Add(
            command,
            ("movc import week.movc.zip --data week && movc replay --stored week --speed 600 --hold", "somebody else's week on your page"),
            ("movc import week.movc.zip --data week && movc state --data week --at \"2022-07-18 18:30\"", "any instant of it"));
        command.SetAction((result, cancellationToken) => Guard.RunAsync(CancellationToken.None, async () =>
        {
            (string from, string to) = (result.GetValue(file)!, result.GetValue(data)!);
            long done = 0;
            RecordingManifest manifest = await Jobs.RunAsync(
                (progress, token) =>
                {
                    long total = RecordingImport.ReadManifest(from).Events;
                    progress.Part(0, 100, "importing");
                    return RecordingImport.RunAsync(
                        from, to, events => progress.Part((int)Math.Min(100, 100 * Interlocked.Add(ref done, events) / Math.Max(1, total)), 100, FormattableString.Invariant($"importing {total:N0} events")), token).GetAwaiter().GetResult();
                },
                cancellationToken);
            if (result.GetValue(json)) await Documents.WriteAsync(manifest);
            else await Console.Out.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{to}: {manifest.City} from {manifest.From:yyyy-MM-dd HH:mm}Z to {manifest.To:yyyy-MM-dd HH:mm}Z, {manifest.Vehicles:N0} vehicles, {manifest.Events:N0} events; the state comes to {manifest.StateHash}, as recorded"));
            return ExitCode.Done;
        }));
        return command;
    }
}
