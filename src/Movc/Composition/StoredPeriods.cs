using System.Globalization;
using Movc.Domain;
using Movc.Domain.Fleet;
using Movc.Domain.Time;
using Movc.Ingest.Time;
using Movc.RollingOptimizer.Plans;
using Movc.Studies.Regret;
using Movc.TwinState.History;

namespace Movc.Composition;

/// <summary>Reads a period of a stored city for those who look back.</summary>
internal static class StoredPeriods
{
    /// <summary>A period as it was asked for.</summary>
    /// <param name="city">The city.</param>
    /// <param name="calendar">Of its zone.</param>
    /// <param name="from">Start; null = the first interval.</param>
    /// <param name="to">End; null = the end of the last.</param>
    /// <param name="storedMs">Starts of the intervals that are over, rising, Unix milliseconds UTC.</param>
    /// <returns>Start of its first interval, and how many it has.</returns>
    /// <exception cref="InputException">It is not in the store, or not whole.</exception>
    public static (long FromMs, int Slots) Of(StoredCity city, NodaCityCalendar calendar, DateTimeOffset? from, DateTimeOffset? to, long[] storedMs)
    {
        if (storedMs.Length == 0) throw new InputException($"{city.Where}: no interval is over yet");
        long fromMs = from is { } f ? Slots.Ceiling(f.ToUnixTimeMilliseconds()) : storedMs[0], toMs = to is { } t ? Slots.Floor(t.ToUnixTimeMilliseconds()) : storedMs[^1] + Slots.Ms;
        if (fromMs < storedMs[0] || toMs > storedMs[^1] + Slots.Ms || fromMs >= toMs)
        {
            throw new InputException(string.Create(
                CultureInfo.InvariantCulture,
                $"--from, --to: give a period from {Instants.Local(DateTimeOffset.FromUnixTimeMilliseconds(storedMs[0]), calendar)} to {Instants.Local(DateTimeOffset.FromUnixTimeMilliseconds(storedMs[^1] + Slots.Ms), calendar)}, at least an interval long"));
        }
        int first = Array.BinarySearch(storedMs, fromMs), count = (int)((toMs - fromMs) / Slots.Ms);
        for (int k = 0; k < count; k++)
        {
            if (first < 0 || storedMs[first + k] != fromMs + (k * Slots.Ms))
                throw new InputException(string.Create(CultureInfo.InvariantCulture, $"{city.Where}: the interval at {Instants.Local(DateTimeOffset.FromUnixTimeMilliseconds(fromMs + (k * Slots.Ms)), calendar)} is missing; give a period without it"));
        }
        return (fromMs, count);
    }

    /// <summary>Reads.</summary>
    /// <param name="city">The city.</param>
    /// <param name="calendar">Of its zone.</param>
    /// <param name="from">Start; null = the first interval that is stored whole.</param>
    /// <param name="to">End; null = the end of the last.</param>
    /// <param name="onProgress">Told how many parts of how many are read, from any thread.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="InputException">The period is not in the store, or not whole.</exception>
    public static async Task<RegretPeriod> ReadAsync(
        StoredCity city, NodaCityCalendar calendar, DateTimeOffset? from, DateTimeOffset? to, Action<int, int> onProgress, CancellationToken cancellationToken)
    {
        RealizedSlot[] slots = Intervals(city, calendar, from, to);
        long fromMs = slots[0].AtMs;
        int shards = (await city.Events.ReadPositionsAsync(cancellationToken)).Count, done = 0;
        FleetHistory fleet = await new FleetHistoryReader(city.Events, city.Ground.Model()).ReadAsync(fromMs, slots.Length, () => onProgress(Interlocked.Increment(ref done), shards), cancellationToken);
        int firstDay = calendar.DayNumber(fromMs);
        return new RegretPeriod(
            fleet, [.. slots.Select(s => s.OriginalKw)], [.. slots.Select(s => s.ChargeOnlyKw)], [.. slots.Select(s => s.AfterKw)],
            [.. slots.Select(s => s.Willing!.Value.ChargeOnlyKw)], [.. slots.Select(s => s.Willing!.Value.ChargedKw)],
            [.. slots.Select(s => calendar.DayNumber(s.AtMs) - firstDay)]);
    }

    /// <summary>The intervals of a period.</summary>
    /// <param name="city">The city.</param>
    /// <param name="calendar">Of its zone.</param>
    /// <param name="from">Start; null = the first interval that is stored whole.</param>
    /// <param name="to">End; null = the end of the last.</param>
    /// <exception cref="InputException">The period is not in the store, or not whole.</exception>
    public static RealizedSlot[] Intervals(StoredCity city, NodaCityCalendar calendar, DateTimeOffset? from, DateTimeOffset? to)
    {
        RealizedSlot[] all = [.. city.Realized.Where(r => r.Willing is not null)];
        if (all.Length == 0) throw new InputException($"{city.Where}: no interval is over yet, or all are from an earlier version, which did not store what regret needs");
        (long fromMs, int count) = Of(city, calendar, from, to, Array.ConvertAll(all, r => r.AtMs));
        return [.. all.SkipWhile(r => r.AtMs < fromMs).Take(count)];
    }
}
