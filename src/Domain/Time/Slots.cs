namespace Movc.Domain.Time;

/// <summary>The model's time grid: 10-minute slots, half open, 144 a day.</summary>
public static class Slots
{
    public const int Minutes = 10;
    public const int PerDay = 144;
    public const long Ms = Minutes * 60_000L;

    /// <summary>Hours of a slot.</summary>
    public const double Hours = Minutes / 60.0;

    /// <summary>The slot boundary at or before the instant.</summary>
    public static long Floor(long unixMs) => unixMs - Mod(unixMs);

    /// <summary>The slot boundary at or after the instant.</summary>
    public static long Ceiling(long unixMs) => Mod(unixMs) == 0 ? unixMs : Floor(unixMs) + Ms;

    private static long Mod(long unixMs) => ((unixMs % Ms) + Ms) % Ms;
}
