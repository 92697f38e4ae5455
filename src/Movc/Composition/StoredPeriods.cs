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
        long fromMs = from is { } f ? Slots.Ceiling(f.ToUnixTimeMilliseconds()) : all[0].AtMs, toMs = to is { } t ? Slots.Floor(t.ToUnixTimeMilliseconds()) : all[^1].AtMs + Slots.Ms;
        if (fromMs < all[0].AtMs || toMs > all[^1].AtMs + Slots.Ms || fromMs >= toMs)
        {
            throw new InputException(string.Create(
                CultureInfo.InvariantCulture,
                $"--from, --to: give a period from {Instants.Local(DateTimeOffset.FromUnixTimeMilliseconds(all[0].AtMs), calendar)} to {Instants.Local(DateTimeOffset.FromUnixTimeMilliseconds(all[^1].AtMs + Slots.Ms), calendar)}, at least an interval long"));
        }
        RealizedSlot[] slots = [.. all.Where(r => r.AtMs >= fromMs && r.AtMs < toMs)];
        for (int k = 0; k < slots.Length; k++)
        {
            if (slots[k].AtMs != fromMs + (k * Slots.Ms))
                throw new InputException(string.Create(CultureInfo.InvariantCulture, $"{city.Where}: the interval at {Instants.Local(DateTimeOffset.FromUnixTimeMilliseconds(fromMs + (k * Slots.Ms)), calendar)} is missing; give a period without it"));
        }
        return slots;
    }
}
