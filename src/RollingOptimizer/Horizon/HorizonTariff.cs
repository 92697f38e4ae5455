using Movc.Domain.Charging;
using Movc.Domain.Time;

namespace Movc.RollingOptimizer.Horizon;

/// <summary>The price levels of a horizon's slots as runs of equal level, in time order.</summary>
internal sealed class HorizonTariff
{
    private readonly TariffClock _clock;
    private readonly long _atMs;
    private readonly (int FromSlot, int ToSlot)[][] _runs;

    public HorizonTariff(TariffClock clock, long atMs, int slots)
    {
        _clock = clock;
        _atMs = atMs;
        int[] level = [.. Enumerable.Range(0, slots).Select(t => clock.LevelAt(atMs + (t * Slots.Ms)))];
        _runs = [.. Enumerable.Range(0, clock.Levels).Select(l => Runs(level, l))];
    }

    public int Levels => _runs.Length;

    /// <summary>Runs of a level, slots of the horizon, ends exclusive.</summary>
    public ReadOnlySpan<(int FromSlot, int ToSlot)> Runs(int level) => _runs[level];

    /// <summary>Hours at a level from the horizon's start to an instant, which may lie beyond the horizon.</summary>
    public double HoursAt(int level, long untilMs) => _clock.MsAt(level, _atMs, untilMs) / 3_600_000.0;

    private static (int, int)[] Runs(int[] levels, int level)
    {
        var runs = new List<(int, int)>();
        for (int t = 0; t < levels.Length; t++)
        {
            if (levels[t] != level) continue;
            int from = t;
            while (t + 1 < levels.Length && levels[t + 1] == level) t++;
            runs.Add((from, t + 1));
        }
        return [.. runs];
    }
}
