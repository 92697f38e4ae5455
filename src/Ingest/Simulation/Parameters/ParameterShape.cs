namespace Movc.Ingest.Simulation.Parameters;

/// <summary>What the reader asks of one value of a parameter file: the file's schema is made of these.</summary>
/// <param name="Path">Dotted path.</param>
/// <param name="Kind">What stands there.</param>
/// <param name="Unit">Unit of a value, null of a text of the head.</param>
internal sealed record ParameterShape(string Path, ParameterKind Kind, string? Unit)
{
    /// <summary>Range of a number.</summary>
    public (double Min, double Max)? Range { get; init; }

    /// <summary>A file may leave it out.</summary>
    public bool Optional { get; init; }

    /// <summary>Columns of a table.</summary>
    public IReadOnlyList<(string Name, string Unit)> Columns { get; init; } = [];

    /// <summary>Range of each numeric column, as far as it was read.</summary>
    public Dictionary<string, (double Min, double Max)> ColumnRanges { get; } = new(StringComparer.Ordinal);
}
