using Movc.Domain.Events;
using Movc.Domain.Sources;
using Movc.Ingest.Replay;

namespace Movc.Ingest.Tests.Replay;

/// <summary>Where the tests find their files.</summary>
internal static class ReplayData
{
    public static readonly string Examples = Path.Combine(RepositoryRoot(), "examples");

    public static string ExampleSessions => Path.Combine(Examples, ExampleFiles.SessionsName);

    public static string ExampleLoad => Path.Combine(Examples, ExampleFiles.LoadName);

    public static string Trondheim => Shared("sessions/trondheim_apartments_sessions.csv");

    public static string Tetouan => Shared("load/tetouan_2017_10min.csv");

    public static ReplayCity OpenExamples(int clone = 1, ulong seed = 0, DateOnly? from = null) =>
        ReplayCity.Open(new ReplayOptions { SessionsPath = ExampleSessions, LoadPath = ExampleLoad, Clone = clone, Seed = seed, From = from });

    public static ReplayCity OpenReal(int clone = 1, ulong seed = 0, DateOnly? from = null) =>
        ReplayCity.Open(new ReplayOptions { SessionsPath = Trondheim, LoadPath = Tetouan, Clone = clone, Seed = seed, From = from });

    private static string Shared(string relative)
    {
        string? data = Environment.GetEnvironmentVariable("MOVC_DATA");
        if (string.IsNullOrEmpty(data)) data = Path.Combine(RepositoryRoot(), "..", "shared", "data");
        string path = Path.Combine(data, relative);
        if (!File.Exists(path)) Assert.Skip("needs ../shared/data or MOVC_DATA");
        return path;
    }

    private static string RepositoryRoot()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "Movc.sln"))) return folder.FullName;
        throw new InvalidOperationException("the tests do not run inside the repository");
    }
}

/// <summary>Keeps what a source tells.</summary>
internal sealed class RecordingSink : IVehicleEventSink
{
    public List<(string Id, VehicleEvent Event)> Events { get; } = [];

    public List<DeadLetter> Letters { get; } = [];

    public void Emit(ReadOnlySpan<byte> vehicleId, in VehicleEvent vehicleEvent) =>
        Events.Add((System.Text.Encoding.UTF8.GetString(vehicleId), vehicleEvent));

    public void EmitStored(ReadOnlySpan<byte> vehicleId, EventSchema schema, long occurredAtMs, Quality quality, ReadOnlySpan<byte> payload) => throw new InvalidOperationException("nothing here was stored before");

    public void PutAside(DeadLetter letter) => Letters.Add(letter);

    public static RecordingSink RunAll(IVehicleEventSource source, long stepMs = 86_400_000)
    {
        var sink = new RecordingSink();
        source.EmitInitial(sink, TestContext.Current.CancellationToken);
        sink.Run(source, source.StartMs, source.EndMs!.Value, stepMs);
        return sink;
    }

    public void Run(IVehicleEventSource source, long fromMs, long toMs, long stepMs)
    {
        for (long at = fromMs; at < toMs; at += stepMs)
            source.Emit(at, Math.Min(at + stepMs, toMs), this, TestContext.Current.CancellationToken);
    }
}

/// <summary>A file that lives as long as the test.</summary>
internal sealed class TemporaryFile : IDisposable
{
    public TemporaryFile(string text)
        : this(System.Text.Encoding.UTF8.GetBytes(text))
    {
    }

    public TemporaryFile(byte[] bytes)
    {
        Folder = Directory.CreateTempSubdirectory("movc-replay-").FullName;
        Path = System.IO.Path.Combine(Folder, "file.csv");
        File.WriteAllBytes(Path, bytes);
    }

    public string Folder { get; }

    public string Path { get; }

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
