namespace Movc.Ingest.Replay;

/// <summary>What a replay is made of.</summary>
public sealed class ReplayOptions
{
    /// <summary>File of plug-in sessions.</summary>
    public required string SessionsPath { get; init; }

    /// <summary>File of the city's metered load.</summary>
    public required string LoadPath { get; init; }

    /// <summary>IANA zone of the sessions' wall clock; the load is read on the same clock.</summary>
    public string TimeZone { get; init; } = "Europe/Oslo";

    /// <summary>Copies of every user, 1 = the users as they are.</summary>
    public int Clone { get; init; } = 1;

    /// <summary>Seed of the copies' shifts.</summary>
    public ulong Seed { get; init; }

    /// <summary>First local day; null = the day of the first plug-in.</summary>
    public DateOnly? From { get; init; }
}
