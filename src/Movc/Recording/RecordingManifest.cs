namespace Movc.Recording;

/// <summary>What a recording is, and what each of its entries must be.</summary>
internal sealed record RecordingManifest
{
    public const string FormatName = "movc recording 1";

    /// <summary>Entry of the manifest itself.</summary>
    public const string Entry = "manifest.json";

    public required string Format { get; init; }

    /// <summary>Program that wrote it.</summary>
    public required string Version { get; init; }

    public required string City { get; init; }

    public required string TimeZone { get; init; }

    /// <summary>Start of the first interval.</summary>
    public required DateTimeOffset From { get; init; }

    /// <summary>End of the last.</summary>
    public required DateTimeOffset To { get; init; }

    public required int Shards { get; init; }

    public required long Vehicles { get; init; }

    public required long Events { get; init; }

    /// <summary>Of every vehicle's reported state at the end: what an import comes to, or it is refused.</summary>
    public required string StateHash { get; init; }

    /// <summary>Who the data are of, as the run named itself.</summary>
    public required string Identity { get; init; }

    /// <summary>Sources by shard, in the order of their index.</summary>
    public required IReadOnlyList<IReadOnlyList<string>> Sources { get; init; }

    public required IReadOnlyList<RecordingPart> Parts { get; init; }

    /// <summary>What in it cannot be, in words after "its manifest"; null = nothing.</summary>
    public string? Contradiction() => this switch
    {
        { Shards: < 1 or > 1024 } => $"speaks of {Shards} shards",
        { Vehicles: < 0 or > int.MaxValue } or { Events: < 0 } => $"speaks of {Vehicles} vehicles and {Events} events",
        _ when Sources.Count != Shards || Sources.Any(s => s is null || s.Any(u => u is null)) => $"has sources for {Sources.Count} of {Shards} shards",
        _ when From >= To => $"ends at {To:u}, before it begins",
        _ when Parts.Any(p => p is not { Name: not null, Sha256.Length: 64, Bytes: >= 0 }) => "names a part without its checksum",
        _ => null,
    };
}
