namespace Movc.Studies.Validation;

/// <summary>How a simulated city compares with what is published of it.</summary>
public sealed record ValidationReport
{
    public required string City { get; init; }

    public required int Vehicles { get; init; }

    public required int Weeks { get; init; }

    public required int WarmUpWeeks { get; init; }

    public required IReadOnlyList<long> Seeds { get; init; }

    public required IReadOnlyList<TargetVerdict> Results { get; init; }

    /// <summary>Every quantity simulated, the untargeted ones too, one column a seed.</summary>
    public required IReadOnlyDictionary<string, IReadOnlyList<double>> Quantities { get; init; }

    /// <summary>One line for every parameter marked [G].</summary>
    public required IReadOnlyList<string> Assumptions { get; init; }

    public bool Passes => Results.All(r => r.Passes);
}
