namespace Movc.Ingest.Replay;

/// <summary>How a data set writes plug-in sessions: another set of the same kind of facts needs a mapping, not a reader.</summary>
public sealed record SessionFormat
{
    /// <summary>Residential sessions of Soerensen et al. 2021, as published: semicolons, decimal commas, day first, NA where not told.</summary>
    public static readonly SessionFormat Trondheim = new()
    {
        Name = "Trondheim apartment sessions",
        Delimiter = ";",
        DecimalSeparator = ",",
        DateTimePatterns = ["dd.MM.yyyy HH:mm"],
        UserColumn = "User_ID",
        PlugInColumn = "Start_plugin",
        PlugOutColumn = "End_plugout",
        EnergyKwhColumn = "El_kWh",
        NotTold = "NA",
    };

    /// <summary>What messages call it.</summary>
    public required string Name { get; init; }

    public required string Delimiter { get; init; }

    public required string DecimalSeparator { get; init; }

    /// <summary>.NET patterns of date and time, the first of which is the one to recommend.</summary>
    public required string[] DateTimePatterns { get; init; }

    public required string UserColumn { get; init; }

    /// <summary>Wall-clock time of the plug-in.</summary>
    public required string PlugInColumn { get; init; }

    /// <summary>Wall-clock time of the plug-out.</summary>
    public required string PlugOutColumn { get; init; }

    /// <summary>Energy taken, kWh.</summary>
    public required string EnergyKwhColumn { get; init; }

    /// <summary>How the set writes a value that it does not know.</summary>
    public required string NotTold { get; init; }
}
