using Movc.Domain.Dispatch;

namespace Movc.Domain.Charging;

/// <summary>
/// How a plugged-in vehicle charges on its own: what Charge Only is made of, and what a vehicle falls back to without a setpoint.
/// Full power until full or gone, at once or in the cheapest hours of the stay. Cutting the time anywhere changes nothing: what is
/// left of a session goes on as the session would have.
/// </summary>
/// <param name="tariff">The city's home tariff; null = every session starts at once.</param>
public sealed class UnmanagedCharging(TariffClock? tariff)
{
    /// <summary>A city without a tariff.</summary>
    public static UnmanagedCharging AtOnce { get; } = new(null);

    private const double MsPerHour = 3_600_000.0;

    /// <summary>Without a declared departure a waiting session looks this far ahead, ms: a week.</summary>
    private const long UnknownStayMs = 7 * 86_400_000L;

    /// <summary>The tariff, null = none.</summary>
    public TariffClock? Tariff => tariff;

    /// <summary>Whether a session waits for cheap hours.</summary>
    public bool Waits(UnmanagedStart start) => start == UnmanagedStart.Cheapest && tariff is not null;

    /// <summary>Energy stored between two instants of a stay, Wh inside the battery.</summary>
    /// <param name="missingWh">Energy until full at the first instant, Wh; nothing is stored when 0 or less.</param>
    /// <param name="powerW">Power at the plug, W.</param>
    /// <param name="start">When it draws.</param>
    /// <param name="fromMs">Unix milliseconds UTC.</param>
    /// <param name="untilMs">Unix milliseconds UTC.</param>
    /// <param name="departureMs">Declared departure, 0 = unknown. A vehicle that stays longer charges at once from then on.</param>
    public double StoredWh(double missingWh, int powerW, UnmanagedStart start, long fromMs, long untilMs, long departureMs)
    {
        if (missingWh <= 0 || powerW <= 0 || untilMs <= fromMs) return 0;
        double whPerMs = DispatchParameters.Efficiency * powerW / MsPerHour;
        if (!Waits(start)) return Math.Min(missingWh, whPerMs * (untilMs - fromMs));
        long endMs = PlannedUntil(fromMs, departureMs), plannedMs = Math.Min(untilMs, endMs);
        double left = missingWh, stored = 0;
        for (int level = 0; level < tariff!.Levels && left > 0; level++)
        {
            double here = Math.Min(left, whPerMs * tariff.MsAt(level, fromMs, endMs));
            stored += Math.Min(here, whPerMs * tariff.MsAt(level, fromMs, plannedMs));
            left -= here;
        }
        return untilMs <= endMs ? stored : stored + Math.Min(left, whPerMs * (untilMs - Math.Max(fromMs, endMs)));
    }

    /// <summary>Power at an instant of a stay, W: full, or 0 when full or waiting.</summary>
    /// <param name="missingWh">Energy until full, Wh.</param>
    /// <param name="powerW">Power at the plug, W.</param>
    /// <param name="start">When it draws.</param>
    /// <param name="atMs">Unix milliseconds UTC.</param>
    /// <param name="departureMs">Declared departure, 0 = unknown.</param>
    public int PowerW(double missingWh, int powerW, UnmanagedStart start, long atMs, long departureMs)
    {
        if (missingWh <= 0 || powerW <= 0) return 0;
        if (!Waits(start)) return powerW;
        long endMs = PlannedUntil(atMs, departureMs);
        if (endMs <= atMs) return powerW;
        double whPerMs = DispatchParameters.Efficiency * powerW / MsPerHour;
        int now = tariff!.LevelAt(atMs);
        for (int level = 0; level < now; level++) missingWh -= whPerMs * tariff.MsAt(level, atMs, endMs);
        return missingWh > 0 ? powerW : 0;
    }

    /// <summary>The end that a waiting session reckons with at an instant, Unix milliseconds UTC.</summary>
    public static long PlannedUntil(long fromMs, long departureMs) => departureMs == 0 ? fromMs + UnknownStayMs : departureMs;
}
