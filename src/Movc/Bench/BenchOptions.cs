namespace Movc.Bench;

/// <summary>How a bench measures.</summary>
internal sealed record BenchOptions
{
    /// <summary>Runs of each figure; the median counts.</summary>
    public int Runs { get; init; } = 5;

    /// <summary>Small fleets, nothing judged: shows that all of it works here.</summary>
    public bool Quick { get; init; }

    /// <summary>Seed of the first fleet; each run draws another.</summary>
    public long Seed { get; init; } = 1;

    /// <summary>The program that memory is measured on, as a process of its own.</summary>
    public required string Program { get; init; }

    /// <summary>Data directory of a run, for the bench that looks into one.</summary>
    public string Data { get; init; } = string.Empty;

    /// <summary>A city's metered load, for the bench that foretells it.</summary>
    public string Load { get; init; } = string.Empty;

    /// <summary>Metered charging by zone, for the same.</summary>
    public string Volumes { get; init; } = string.Empty;

    /// <summary>A folder on the disk that the report names.</summary>
    public required string DataFolder { get; init; }
}
