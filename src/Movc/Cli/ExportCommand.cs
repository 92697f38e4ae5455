using System.CommandLine;
using System.Globalization;
using Movc.Composition;
using Movc.Domain;
using Movc.Output;
using Movc.Recording;

namespace Movc.Cli;

/// <summary><c>movc export</c>: a stored city in one file for somebody else.</summary>
internal static class ExportCommand
{
    public static Command Create()
    {
        var file = new Argument<string>("file") { Description = "Recording to write, as week.movc.zip" };
        var store = new StoreArguments();
        var json = new Option<bool>("--json") { Description = "Print the manifest as one JSON document on standard output" };
        var command = new Command("export", "Write a stored city, also while it runs, into one compressed file with manifest and checksums, which movc import takes") { file, json };
        store.AddTo(command);
        Examples.Add(
            command,
            ("movc export week.movc.zip", "what ./data holds"),
            ("movc export week.movc.zip --postgres \"Host=localhost;Database=movc;Username=movc\"", "a city whose events are in PostgreSQL"));
        command.SetAction((result, cancellationToken) => Guard.RunAsync(CancellationToken.None, async () =>
        {
            await using StoredCity city = await store.OpenAsync(result, toWrite: false, cancellationToken);
            RecordingManifest manifest = await WriteAsync(city, result.GetValue(file)!, cancellationToken);
            if (result.GetValue(json)) await Documents.WriteAsync(manifest);
            else await Console.Out.WriteLineAsync(Line(result.GetValue(file)!, manifest));
            return ExitCode.Done;
        }));
        return command;
    }

    /// <summary>Refuses a path that cannot be written, before anything long is done for it.</summary>
    /// <exception cref="InputException">It cannot.</exception>
    public static void Check(string file)
    {
        if (Directory.Exists(file)) throw new InputException($"{file}: is a directory; give the path of a file");
        try
        {
            using FileStream trial = new(RecordingFile.PartOf(file), new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write, Options = FileOptions.DeleteOnClose });
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"{file}: cannot be written ({e.Message}); give another path", e);
        }
    }

    /// <summary>Writes with progress.</summary>
    /// <exception cref="InputException">The file cannot be written.</exception>
    public static async Task<RecordingManifest> WriteAsync(StoredCity city, string file, CancellationToken cancellationToken)
    {
        Check(file);
        long total = await city.Events.CountEventsAsync(cancellationToken), done = 0;
        return await Jobs.RunAsync(
            (progress, token) =>
            {
                progress.Part(0, 100, "recording");
                return RecordingFile.WriteAsync(
                    city, file, events => progress.Part((int)Math.Min(100, 100 * Interlocked.Add(ref done, events) / Math.Max(1, total)), 100, FormattableString.Invariant($"recording {total:N0} events")), token).GetAwaiter().GetResult();
            },
            cancellationToken);
    }

    /// <summary>What was written, in a line.</summary>
    public static string Line(string file, RecordingManifest manifest) => string.Create(
        CultureInfo.InvariantCulture,
        $"{file}: {manifest.City} from {manifest.From:yyyy-MM-dd HH:mm}Z to {manifest.To:yyyy-MM-dd HH:mm}Z, {manifest.Vehicles:N0} vehicles, {manifest.Events:N0} events, {new FileInfo(file).Length / 1e6:N1} MB, state hash {manifest.StateHash}");
}
