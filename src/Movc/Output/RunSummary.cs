namespace Movc.Output;

/// <summary>What a finished run says of itself (<c>--json</c>).</summary>
internal sealed record RunSummary
{
    public required string Version { get; init; }

    public required string City { get; init; }

    public required string Mode { get; init; }

    public required string Source { get; init; }

    public required int Vehicles { get; init; }

    public required long Seed { get; init; }

    /// <summary>True when the run went on from stored data.</summary>
    public required bool Resumed { get; init; }

    /// <summary>running to its end: "finished"; ended by a signal: "stopped".</summary>
    public required string Ended { get; init; }

    /// <summary>City instant reached.</summary>
    public required DateTimeOffset? At { get; init; }

    /// <summary>Records that this process read from the log.</summary>
    public required long EventsRead { get; init; }

    /// <summary>Events that this process accepted.</summary>
    public required long Accepted { get; init; }

    /// <summary>Events that this process had seen before.</summary>
    public required long Duplicates { get; init; }

    /// <summary>Dead letters in the store, by any process.</summary>
    public required long DeadLettered { get; init; }

    public required IReadOnlyDictionary<string, long> DeadLettersByReason { get; init; }

    /// <summary>Events in the store, by any process.</summary>
    public required long Stored { get; init; }

    public required long Departures { get; init; }

    public required long DeparturesUnderPromise { get; init; }

    /// <summary>Intervals of this process.</summary>
    public required IReadOnlyList<IntervalSummary> Intervals { get; init; }

    public required PvdrSummary? PvdrOriginal { get; init; }

    public required PvdrSummary? PvdrChargeOnly { get; init; }

    public required PvdrSummary? PvdrAfter { get; init; }

    /// <summary>Intervals behind the PVDR that are over, and that are planned.</summary>
    public required PvdrWindow PvdrWindow { get; init; }

    public required string StateHash { get; init; }

    public required double WallSeconds { get; init; }

    public required string LoadSource { get; init; }

    public required IReadOnlyList<string> Assumptions { get; init; }
}
