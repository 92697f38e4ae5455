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
}
