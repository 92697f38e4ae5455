namespace Movc.Ingest.Publishing;

/// <summary>How the city's clock turns.</summary>
/// <param name="Speed">City seconds per wall second, over 0; null = as fast as it goes.</param>
/// <param name="Intervals">Intervals to run from where the twin stands; null = to the source's end.</param>
public sealed record DriverOptions(double? Speed, int? Intervals)
{
    /// <summary>Speed that others change while the clock turns; null = <see cref="Speed"/> for good.</summary>
    public Pace? Pace { get; init; }

    /// <summary>City instant that the reader has reached, Unix milliseconds UTC. Where the log itself holds up nobody, the clock waits for it.</summary>
    public Func<long>? ReachedMs { get; init; }

    /// <summary>Intervals that the clock may be ahead of <see cref="ReachedMs"/>.</summary>
    public int LeadIntervals { get; init; } = 6;

    /// <summary>Whether it waits for the reader at its first interval too; else those that fit go out at once, for who has read nothing has reached nothing.</summary>
    public bool WaitsFromStart { get; init; }
}
