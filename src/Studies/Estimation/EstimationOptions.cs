namespace Movc.Studies.Estimation;

/// <summary>What an estimation is told.</summary>
public sealed record EstimationOptions
{
    /// <summary>What a column may hold.</summary>
    public static IEnumerable<string> Roles => Input.ColumnNames.Roles;

    /// <summary>Files and folders of records.</summary>
    public required IReadOnlyList<string> Inputs { get; init; }

    /// <summary>Column by role where the user states it.</summary>
    public IReadOnlyDictionary<string, string> Columns { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>GeoJSON of the districts' borders; null = discs.</summary>
    public string? Borders { get; init; }

    /// <summary>Standard deviation of a fix each way, m.</summary>
    public double NoiseM { get; init; } = 30;

    /// <summary>Longest silence within which a user is known to be on the way or at rest, minutes.</summary>
    public double LongestGapMin { get; init; } = 120;

    /// <summary>Drivers simulated to take out what sampling hides: enough for medians to two percent, few enough for seconds.</summary>
    public int Drivers { get; init; } = 2000;

    public long Seed { get; init; } = 1;

    /// <summary>0 = all processors; the result is the same for any number.</summary>
    public int Threads { get; init; }
}
