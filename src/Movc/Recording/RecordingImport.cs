using System.IO.Compression;
using System.Text.Json;
using Google.Protobuf;
using Movc.Composition;
using Movc.Domain;
using Movc.Domain.Events;
using Movc.Domain.Hashing;
using Movc.EventLog.Wire.V1;
using Movc.RollingOptimizer.Plans;
using Movc.TwinState.History;
using Movc.TwinState.Shards;
using Movc.TwinState.Store;
using Movc.TwinState.Store.Sqlite;
using SetpointBatch = Movc.Domain.Dispatch.SetpointBatch;

namespace Movc.Recording;

/// <summary>Makes a data directory of a recording; what is not what its manifest says is refused, and nothing is left.</summary>
internal static class RecordingImport
{
    private const int EventsATransaction = 8192;

    /// <summary>Reads a recording's manifest.</summary>
    /// <exception cref="InputException">It is no recording.</exception>
    public static RecordingManifest ReadManifest(string path)
    {
        try
        {
            using ZipArchive archive = ZipFile.OpenRead(path);
            using Stream entry = (archive.GetEntry(RecordingManifest.Entry) ?? throw new InputException($"{path}: holds no {RecordingManifest.Entry}; it is no recording of movc")).Open();
            RecordingManifest manifest = JsonSerializer.Deserialize<RecordingManifest>(entry, RecordingFile.Json) ?? throw new JsonException("null");
            if (!string.Equals(manifest.Format, RecordingManifest.FormatName, StringComparison.Ordinal))
                throw new InputException($"{path}: is \"{manifest.Format}\", this program reads \"{RecordingManifest.FormatName}\"");
            return manifest.Contradiction() is { } contradiction ? throw new InputException($"{path}: its manifest {contradiction}; it was altered, copy it again") : manifest;
        }
        catch (Exception e) when (e is InvalidDataException or JsonException)
        {
            throw new InputException($"{path}: is no recording of movc, or was damaged on its way ({e.Message}); copy it again", e);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException or UnauthorizedAccessException)
        {
            throw new InputException($"{path}: cannot be read ({e.Message})", e);
        }
    }

    /// <summary>Imports.</summary>
    /// <param name="path">The recording.</param>
    /// <param name="directory">Data directory, which must not hold a city.</param>
    /// <param name="onEvents">Told of further events written.</param>
    /// <param name="cancellationToken">Gives up; nothing is left.</param>
    /// <exception cref="InputException">The recording is damaged, or the directory holds something.</exception>
    public static async Task<RecordingManifest> RunAsync(string path, string directory, Action<long> onEvents, CancellationToken cancellationToken)
    {
        RecordingManifest manifest = ReadManifest(path);
        if (Directory.Exists(directory) && Directory.EnumerateFileSystemEntries(directory).Any()) throw new InputException($"--data {directory}: is not empty; give a new directory");
        string part = Path.GetFullPath(directory) + ".part";
        if (Directory.Exists(part)) Directory.Delete(part, recursive: true);
        try
        {
            using ZipArchive archive = ZipFile.OpenRead(path);
            CityGround ground = CityGround.Parse($"{path}: {RecordingFile.GroundEntry}", Text(archive, manifest, path, RecordingFile.GroundEntry));
            var identity = new CityIdentity($"movc:recording/{manifest.City}", (int)manifest.Vehicles, 0, manifest.From.ToUnixTimeMilliseconds(), manifest.Shards, manifest.Identity);
            using (DataDirectory data = DataDirectory.Open(part, identity, ground, fresh: false))
            {
                using (IPlanStore plans = SqlitePlanStore.Open(data.PlanStorePath))
                {
                    foreach (RealizedSlot slot in JsonSerializer.Deserialize<RealizedSlot[]>(Text(archive, manifest, path, RecordingFile.RealizedEntry), RecordingFile.Json) ?? []) plans.Add(slot);
                    if (manifest.Parts.Any(p => string.Equals(p.Name, RecordingFile.LastPlanEntry, StringComparison.Ordinal)))
                        plans.Add(JsonSerializer.Deserialize<StoredPlan>(Text(archive, manifest, path, RecordingFile.LastPlanEntry), RecordingFile.Json)!, null);
                }
                await using var store = SqliteEventStore.Open(data.EventStorePath);
                for (int shard = 0; shard < manifest.Shards; shard++) await ShardAsync(archive, manifest, path, shard, store, onEvents, cancellationToken);
                IReadOnlyList<RebuiltShard> rebuilt = await new Rebuilder(store, ground.Model(), store).RunAsync(_ => { }, cancellationToken);
                string hash = StateHash.ToHex(rebuilt.Select(r => r.StateHash).Aggregate(UInt128.Zero, StateHash.Combine));
                if (!string.Equals(hash, manifest.StateHash, StringComparison.Ordinal)) throw new InputException($"{path}: its events come to the state {hash}, its manifest says {manifest.StateHash}; it was altered, or recorded by a program that folds otherwise ({manifest.Version})");
            }
            if (Directory.Exists(directory)) Directory.Delete(directory);
            Directory.Move(part, directory);
            return manifest;
        }
        catch (Exception e) when (e is InvalidDataException or InvalidProtocolBufferException or JsonException)
        {
            Clear(part);
            throw new InputException($"{path}: was damaged on its way ({e.Message}); copy it again", e);
        }
        catch
        {
            Clear(part);
            throw;
        }
    }

    private static async Task ShardAsync(ZipArchive archive, RecordingManifest manifest, string path, int shard, SqliteEventStore store, Action<long> onEvents, CancellationToken cancellationToken)
    {
        RecordingPart part = Part(manifest, path, RecordingFile.ShardEntry(shard));
        ShardHead head = await store.OpenShardAsync(shard, cancellationToken);
        var append = new ShardAppend { Shard = shard, WriterEpoch = head.WriterEpoch };
        int index = 0, vehicles = 0;
        foreach (string source in manifest.Sources[shard]) append.Sources.Add(new SourceState(index++, source, new SequenceWindow().Serialize(), manifest.To.ToUnixTimeMilliseconds(), 1));
        await using Stream entry = Open(archive, path, part);
        await using var hashing = new HashingStream(entry);
        using var input = CodedInputStream.CreateWithLimits(hashing, int.MaxValue, 16);
        while (!input.IsAtEnd)
        {
            RecordingEntry read = ReadEntry(input);
            Check(read, index, ref vehicles);
            Add(append, read);
            if (append.Events.Count < EventsATransaction && append.NewVehicles.Count < EventsATransaction && append.Setpoints.Count < 64) continue;
            onEvents(append.Events.Count);
            await WriteAsync(store, append, cancellationToken);
        }
        onEvents(append.Events.Count);
        await WriteAsync(store, append, cancellationToken);
        Check(hashing, part, path);
    }

    private static RecordingEntry ReadEntry(CodedInputStream input)
    {
        var entry = new RecordingEntry();
        input.ReadMessage(entry);
        return entry;
    }

    /// <summary>Refuses an entry that names what the shard does not have, which no checksum tells.</summary>
    private static void Check(RecordingEntry entry, int sources, ref int vehicles)
    {
        int known = vehicles;
        bool isSound = entry.EntryCase switch
        {
            RecordingEntry.EntryOneofCase.Vehicle => entry.Vehicle.Index == vehicles++,
            RecordingEntry.EntryOneofCase.Event => IsSound(entry.Event, known, sources),
            RecordingEntry.EntryOneofCase.Setpoints => entry.Setpoints.Vehicle.Count == entry.Setpoints.PowerW.Count && entry.Setpoints.Vehicle.All(v => v < known),
            _ => true,
        };
        if (!isSound) throw new InvalidDataException($"an entry names a vehicle, a source or a kind that is not there ({entry.EntryCase})");
    }

    private static bool IsSound(RecordedEvent e, int vehicles, int sources) =>
        e.Vehicle < vehicles && e.Source < sources && e.PreviousSequence < e.JournalSequence
        && e.Type is > 0 and <= byte.MaxValue && Enum.IsDefined((EventSchema)e.Type) && e.Quality <= byte.MaxValue && Enum.IsDefined((Quality)e.Quality);

    private static void Add(ShardAppend append, RecordingEntry entry)
    {
        switch (entry.EntryCase)
        {
            case RecordingEntry.EntryOneofCase.Vehicle:
                append.NewVehicles.Add(((int)entry.Vehicle.Index, entry.Vehicle.Id.ToByteArray()));
                break;
            case RecordingEntry.EntryOneofCase.Event:
                RecordedEvent e = entry.Event;
                append.JournalSequence = (long)e.JournalSequence;
                append.Add(
                    new EventRow(
                        append.JournalSequence, (int)e.Vehicle, (int)e.Version, (EventSchema)e.Type, (Quality)e.Quality, e.OccurredAtMs, e.RecordedAtMs, (int)e.Source,
                        (long)e.SourceSequence, (long)e.PreviousSequence),
                    e.Payload.Span);
                break;
            case RecordingEntry.EntryOneofCase.Setpoints:
                RecordedSetpoints s = entry.Setpoints;
                append.JournalSequence = (long)s.JournalSequence;
                append.Setpoints.Add((append.JournalSequence, new SetpointBatch(append.Shard, s.AtMs, s.ValidUntilMs, [.. s.Vehicle.Select(v => (int)v)], [.. s.PowerW])));
                break;
            default:
                throw new InvalidDataException("an entry of a kind that this program does not know");
        }
    }

    private static async Task WriteAsync(SqliteEventStore store, ShardAppend append, CancellationToken cancellationToken)
    {
        await store.AppendAsync(append, cancellationToken);
        append.ExpectedSequence = append.JournalSequence;
        append.Clear();
    }

    private static string Text(ZipArchive archive, RecordingManifest manifest, string path, string name)
    {
        RecordingPart part = Part(manifest, path, name);
        using Stream entry = Open(archive, path, part);
        using var hashing = new HashingStream(entry);
        using var reader = new StreamReader(hashing);
        string text = reader.ReadToEnd();
        Check(hashing, part, path);
        return text;
    }

    private static RecordingPart Part(RecordingManifest manifest, string path, string name) =>
        manifest.Parts.FirstOrDefault(p => string.Equals(p.Name, name, StringComparison.Ordinal)) ?? throw new InputException($"{path}: its manifest names no {name}; it is damaged");

    private static Stream Open(ZipArchive archive, string path, RecordingPart part) =>
        (archive.GetEntry(part.Name) ?? throw new InputException($"{path}: {part.Name} is missing; copy the recording again")).Open();

    private static void Check(HashingStream hashing, RecordingPart part, string path)
    {
        if (hashing.Count != part.Bytes || !string.Equals(hashing.Sha256(), part.Sha256, StringComparison.Ordinal))
            throw new InputException($"{path}: {part.Name} is not what its manifest says ({hashing.Count} of {part.Bytes} bytes, SHA-256 {hashing.Sha256()[..12]}… instead of {part.Sha256[..12]}…); copy the recording again");
    }

    private static void Clear(string part)
    {
        if (Directory.Exists(part)) Directory.Delete(part, recursive: true);
    }
}
