namespace Movc.Audit;

/// <summary>How much of a plan an audit replays. What it leaves out stands in <see cref="AuditReport.NotChecked"/>.</summary>
public sealed record AuditOptions
{
    public static AuditOptions Default { get; } = new();

    /// <summary>Fleets up to this many vehicles are replayed whole, vehicles, 0 or more.</summary>
    public int FullUpTo { get; init; } = 20_000;

    /// <summary>Vehicles replayed of a larger fleet, 2 or more: the first, the last and one of each equal stretch between.</summary>
    public int SampleSize { get; init; } = 2_000;

    /// <summary>Fleets up to this many vehicles have their bound recomputed from the prices, vehicles, 0 or more.</summary>
    public int BoundUpTo { get; init; } = 2_000;

    /// <summary>Seed of the sample. The interval's number makes every interval look at other vehicles.</summary>
    public ulong Seed { get; init; }

    /// <summary>Findings kept in words; all are counted.</summary>
    public int MaxFindings { get; init; } = 100;
}
