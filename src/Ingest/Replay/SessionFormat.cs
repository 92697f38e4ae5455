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

    /// <summary>Workplace sessions of Asensio et al., as published: commas, the century of the year left out (0014 is 2014).</summary>
    public static readonly SessionFormat Workplace = new()
    {
        Name = "workplace sessions",
        Delimiter = ",",
        DecimalSeparator = ".",
        DateTimePatterns = ["yyyy-MM-dd HH:mm:ss"],
        UserColumn = "userId",
        PlugInColumn = "created",
        PlugOutColumn = "ended",
        EnergyKwhColumn = "kwhTotal",
        NotTold = "NA",
        CenturyLeftOut = 2000,
    };

    /// <summary>Formats that are known.</summary>
    public static IReadOnlyList<SessionFormat> Known => [Trondheim, Workplace];

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

    /// <summary>Added to years under 100; 0 where years are whole.</summary>
    public int CenturyLeftOut { get; init; }

    /// <summary>The known format whose columns a header has; null where none is.</summary>
    public static SessionFormat? OfHeader(string header) => Known.FirstOrDefault(f =>
    {
        string[] columns = header.TrimEnd('\r').Split(f.Delimiter);
        return new[] { f.UserColumn, f.PlugInColumn, f.PlugOutColumn, f.EnergyKwhColumn }.All(c => columns.Contains(c, StringComparer.Ordinal));
    });
}
