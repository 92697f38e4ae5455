using Movc.Domain.Time;

namespace Movc.RollingOptimizer.Forecast;

/// <summary>
/// The last weeks of a series on its grid, in rings of fixed size: slot n lies n slots after the first observed one. Slots that were
/// left out hold what was foretold for them and are marked.
/// </summary>
internal sealed class SeriesHistory
{
    private readonly ICityCalendar _calendar;
    private readonly double[] _values;
    private readonly bool[] _observed;
    private readonly int[] _offsets;
    private readonly long _slotMs;
    private long _firstMs;

    public SeriesHistory(long slotMs, ICityCalendar calendar, int capacity)
    {
        (_slotMs, _calendar) = (slotMs, calendar);
        (_values, _observed, _offsets) = (new double[capacity], new bool[capacity], new int[capacity]);
        SlotsPerDay = (int)(86_400_000 / slotMs);
    }

    public int SlotsPerDay { get; }

    public int Capacity => _values.Length;

    /// <summary>Newest slot; −1 before the first.</summary>
    public long Last { get; private set; } = -1;

    /// <summary>Value of the newest slot.</summary>
    public double Now { get; private set; }

    /// <summary>Smallest and largest value of the slots kept.</summary>
    public (double Min, double Max) Range { get; private set; }

    /// <exception cref="ArgumentException">The instant is no slot's start.</exception>
    public long IndexOf(long atMs)
    {
        if (Last < 0) return 0;
        long away = atMs - _firstMs;
        if (away % _slotMs != 0) throw new ArgumentException($"{atMs} ms is not a whole number of slots of {_slotMs} ms after the first observation at {_firstMs} ms", nameof(atMs));
        return away / _slotMs;
    }

    public void Start(long firstMs) => (_firstMs, Last) = (firstMs, -1);

    public void Append(double value, bool observed)
    {
        Last++;
        int at = (int)(Last % _values.Length);
        (_values[at], _observed[at], _offsets[at]) = (value, observed, _calendar.OffsetMinutes(TimeOf(Last)));
        Now = value;
        double min = value, max = value;
        foreach (double v in _values.AsSpan(0, (int)Math.Min(Last + 1, _values.Length))) (min, max) = (Math.Min(min, v), Math.Max(max, v));
        Range = (min, max);
    }

    public bool Has(long slot) => slot >= 0 && slot <= Last && slot > Last - _values.Length;

    public bool WasObserved(long slot) => Has(slot) && _observed[slot % _values.Length];

    /// <summary>Value of a slot, or what stands in for one that is not kept.</summary>
    public double At(long slot, double otherwise) => Has(slot) ? _values[slot % _values.Length] : otherwise;

    /// <summary>Slot of the local week, 0 to 7 days' slots; where a week begins does not matter, only that days do at 0.</summary>
    public int SlotOfWeek(long slot)
    {
        long local = TimeOf(slot) + (Offset(slot) * 60_000L);
        long week = 7L * 86_400_000;
        return (int)((((local % week) + week) % week) / _slotMs);
    }

    /// <summary>How many slots before this one the wall clock showed the same hour so many days earlier; a clock change makes it differ.</summary>
    public long LagOf(long slot, int days)
    {
        long lag = (long)days * SlotsPerDay;
        if (!Has(slot - lag)) return lag;
        int moved = Offset(slot) - Offset(slot - lag);
        if (moved == 0) return lag;
        long shifted = lag - (moved * 60_000L / _slotMs);
        return slot - shifted <= Last ? shifted : lag;
    }

    private long TimeOf(long slot) => _firstMs + (slot * _slotMs);

    private int Offset(long slot) => Has(slot) ? _offsets[slot % _offsets.Length] : _calendar.OffsetMinutes(TimeOf(slot));
}
