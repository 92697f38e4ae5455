namespace Movc.Solve;

/// <summary>What <c>movc solve</c> was asked for.</summary>
internal sealed record SolveOptions
{
    public string? InstanceFolder { get; init; }

    public SyntheticChoice? Synthetic { get; init; }

    public string? WriteInstance { get; init; }

    public string? Out { get; init; }

    /// <summary>Seed of the solver's sample.</summary>
    public long Seed { get; init; } = 1;

    public bool Exact { get; init; }

    public ObjectiveChoice Objective { get; init; } = new(null, null);

    public bool Dense { get; init; }

    /// <summary>File for the plan's bundle; null for none.</summary>
    public string? Bundle { get; init; }

    /// <summary>Bundle of the plan before; null for the first of a chain.</summary>
    public string? Previous { get; init; }

    /// <summary>Whether the plan is to make a small bundle.</summary>
    public bool Compact { get; init; }

    /// <summary>Vehicles of a large fleet that are planned as numbers; null for the solver's own choice.</summary>
    public int? Tail { get; init; }

    /// <summary>0 = one per processor.</summary>
    public int Threads { get; init; }
}
