namespace Movc.Ingest.Simulation.Parameters;

/// <summary>What stands at a path of a parameter file.</summary>
internal enum ParameterKind
{
    /// <summary>A plain text of the file's head.</summary>
    Text,

    /// <summary>A text with unit and mark.</summary>
    Value,

    /// <summary>A number with unit and mark.</summary>
    Number,

    /// <summary>A table with one mark.</summary>
    Table,
}
