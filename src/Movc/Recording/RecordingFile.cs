using System.IO.Compression;
using System.Text.Json;
using Google.Protobuf;
using Movc.Composition;
using Movc.Domain;
using Movc.Domain.Hashing;
using Movc.Domain.Queries;
using Movc.Output;
using Movc.TwinState.History;
using Movc.TwinState.Store;

namespace Movc.Recording;

/// <summary>Writes a stored city into one file that somebody else can import: a ZIP archive of its journals with manifest and checksums.</summary>
internal static class RecordingFile
{
    public const string GroundEntry = "ground.json";
    public const string RealizedEntry = "realized.json";
    public const string LastPlanEntry = "last-plan.json";

    public static readonly JsonSerializerOptions Json = new() { RespectRequiredConstructorParameters = true, RespectNullableAnnotations = true };

    /// <summary>Where a recording is written until it is whole.</summary>
    public static string PartOf(string path) => path + ".part";

    public static string ShardEntry(int shard) => FormattableString.Invariant($"shard-{shard:00}.bin");

    /// <summary>Writes; the file appears whole or not at all.</summary>
    /// <param name="city">Read as it stands; a city that runs on goes on beyond it.</param>
    /// <param name="path">Replaced if it is there.</param>
    /// <param name="onEvents">Told of further events written.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="InputException">No interval has begun in it.</exception>
    public static async Task<RecordingManifest> WriteAsync(StoredCity city, string path, Action<long> onEvents, CancellationToken cancellationToken)
    {
        IReadOnlyList<ShardPosition> positions = await city.Events.ReadPositionsAsync(cancellationToken);
        PastSpan span = await new PastReader(city.Events, city.Ground.Model(), city.Ground.DistrictMap()).PastSpanAsync(cancellationToken)
            ?? throw new InputException($"{city.Where}: no interval has begun yet; run the city first");
        foreach (ShardPosition position in positions)
        {
            if (await city.Events.ReadSnapshotAsync(position.Shard, 0, cancellationToken) is not null)
                throw new InputException($"{city.Where}: goes on from an instant of another city's data, which are not in it; record those");
        }
        string part = PartOf(path);
        try
        {
            RecordingManifest manifest;
            await using (FileStream file = new(part, FileMode.Create, FileAccess.Write, FileShare.None, 1 << 20))
            using (var archive = new ZipArchive(file, ZipArchiveMode.Create))
            {
                var parts = new List<RecordingPart> { Text(archive, GroundEntry, city.Ground.ToJson()), Text(archive, RealizedEntry, JsonSerializer.Serialize(city.Realized, Json)) };
                if (city.LastPlan is { } plan) parts.Add(Text(archive, LastPlanEntry, JsonSerializer.Serialize(plan, Json)));
                long vehicles = 0, events = 0;
                UInt128 hash = UInt128.Zero;
                foreach (ShardPosition position in positions)
                {
                    (RecordingPart written, long shardVehicles, long shardEvents) = await ShardAsync(archive, city.Events, position, onEvents, cancellationToken);
                    parts.Add(written);
                    vehicles += shardVehicles;
                    events += shardEvents;
                    hash = StateHash.Combine(hash, await new PastReader(city.Events, city.Ground.Model(), city.Ground.DistrictMap()).HashAsync(position, cancellationToken));
                }
                manifest = new RecordingManifest
                {
                    Format = RecordingManifest.FormatName,
                    Version = ProgramVersion.Text,
                    City = city.Ground.City,
                    TimeZone = city.Ground.TimeZone,
                    From = span.From,
                    To = span.To,
                    Shards = positions.Count,
                    Vehicles = vehicles,
                    Events = events,
                    StateHash = StateHash.ToHex(hash),
                    Identity = city.Identity,
                    Sources = await Task.WhenAll(positions.Select(async p => (IReadOnlyList<string>)[.. (await city.Events.ReadSourcesAsync(p.Shard, cancellationToken)).Select(s => s.Uri)])),
                    Parts = parts,
                };
                Text(archive, RecordingManifest.Entry, JsonSerializer.Serialize(manifest, new JsonSerializerOptions(Json) { WriteIndented = true }));
            }
            File.Move(part, path, overwrite: true);
            return manifest;
        }
        catch
        {
            File.Delete(part);
            throw;
        }
    }

    private static async Task<(RecordingPart Part, long Vehicles, long Events)> ShardAsync(ZipArchive archive, IEventReader events, ShardPosition position, Action<long> onEvents, CancellationToken cancellationToken)
    {
        string name = ShardEntry(position.Shard);
        await using Stream entry = archive.CreateEntry(name, CompressionLevel.Fastest).Open();
        await using var hashing = new HashingStream(entry);
        using var output = new CodedOutputStream(hashing, 1 << 16, leaveOpen: true);
        var writer = new ShardWriter(output, onEvents);
        await events.ReadJournalAsync(position.Shard, new JournalRange(0, position.JournalSequence), writer, cancellationToken);
        output.Flush();
        return (new RecordingPart(name, hashing.Count, hashing.Sha256()), writer.Vehicles, writer.Events);
    }

    private static RecordingPart Text(ZipArchive archive, string name, string text)
    {
        using Stream entry = archive.CreateEntry(name, CompressionLevel.Fastest).Open();
        using var hashing = new HashingStream(entry);
        hashing.Write(System.Text.Encoding.UTF8.GetBytes(text));
        return new RecordingPart(name, hashing.Count, hashing.Sha256());
    }
}
