using System.Runtime.InteropServices;
using Movc.Domain.Time;

namespace Movc.Domain.Habits;

/// <summary>
/// What is remembered of when vehicles are away from the plug, in columns: of every vehicle the times away of its present day, of its
/// last finished working day and of its last finished day of a weekend. Learned from plug events as they are folded. One writer.
/// <code>
/// Day      local day number that the first list is of, 0 = nothing was seen yet
/// Counts   gaps in each list, 3 bits each: present day, working day, weekend; bits 9 and 10: the second and third list are known
/// Gaps     3 lists of up to 5 gaps of 4 bytes
/// LeftWh   stored energy when it was unplugged last
/// UsualW   the smaller charging power of its last two stays
/// NeedWh   mean of what was needed at the departures of its stays, the present one too
/// Needs    of how many stays that is, at most 100
/// </code>
/// 79 bytes a vehicle.
/// </summary>
public sealed class HabitColumns
{
    /// <summary>Times away that are kept of a day; those beyond are left out.</summary>
    public const int GapsPerDay = 5;

    /// <summary>Stays that the mean need is of at most, about a month's; from then on the newest counts as one of so many [G].</summary>
    public const int MaxNeeds = 100;

    /// <summary>Stays from which on their mean need says something, about two days' [G]: of fewer, all may have been short ways to the next charging session.</summary>
    public const int KnownNeeds = 6;

    private const int Lists = 3;
    private const int Present = 0;
    private const int KnownBit = 9;

    private int[] _day = [];
    private ushort[] _counts = [];
    private RememberedGap[] _gaps = [];
    private int[] _leftWh = [];
    private int[] _usualW = [];
    private int[] _needWh = [];
    private byte[] _needs = [];

    /// <summary>Makes room.</summary>
    public void Resize(int vehicles)
    {
        Array.Resize(ref _day, vehicles);
        Array.Resize(ref _counts, vehicles);
        Array.Resize(ref _gaps, vehicles * Lists * GapsPerDay);
        Array.Resize(ref _leftWh, vehicles);
        Array.Resize(ref _usualW, vehicles);
        Array.Resize(ref _needWh, vehicles);
        Array.Resize(ref _needs, vehicles);
    }

    /// <summary>Remembers of a vehicle what others remember of one of theirs.</summary>
    public void Copy(HabitColumns from, int fromVehicle, int vehicle)
    {
        ArgumentNullException.ThrowIfNull(from);
        for (int column = 0; column < ColumnCount; column++)
        {
            int bytes = Bytes(column, 1).Length;
            from.Bytes(column, fromVehicle + 1)[^bytes..].CopyTo(Bytes(column, vehicle + 1)[^bytes..]);
        }
    }

    /// <summary>What is remembered of a vehicle.</summary>
    public VehicleHabit Of(int vehicle) => new(this, vehicle);

    /// <summary>A vehicle is unplugged.</summary>
    /// <param name="vehicle">Its index.</param>
    /// <param name="energyWh">Stored energy, Wh.</param>
    public void Leave(int vehicle, int energyWh) => _leftWh[vehicle] = energyWh;

    /// <summary>A vehicle is plugged in.</summary>
    /// <param name="vehicle">Its index.</param>
    /// <param name="leftMs">When it was unplugged, Unix milliseconds UTC; 0 = it never was.</param>
    /// <param name="atMs">When it is plugged in.</param>
    /// <param name="energyWh">Stored energy, Wh.</param>
    /// <param name="chargeW">Charging power of the stay, W.</param>
    /// <param name="lastChargeW">Of the stay before, W; 0 = there was none.</param>
    /// <param name="calendar">City time.</param>
    public void Return(int vehicle, long leftMs, long atMs, int energyWh, int chargeW, int lastChargeW, ICityCalendar calendar)
    {
        _usualW[vehicle] = lastChargeW > 0 ? Math.Min(chargeW, lastChargeW) : chargeW;
        if (leftMs == 0 || atMs <= leftMs) return;
        RollTo(vehicle, calendar.DayNumber(leftMs));
        int count = CountOf(vehicle, Present);
        if (count == GapsPerDay) return;
        int slots = (int)Math.Min(RememberedGap.MaxSlots, (atMs - leftMs + Slots.Ms - 1) / Slots.Ms);
        ListOf(vehicle, Present)[count] = new RememberedGap(calendar.MinuteOfDay(leftMs) / Slots.Minutes, slots, Math.Max(0, _leftWh[vehicle] - energyWh));
        SetCount(vehicle, Present, count + 1);
    }

    /// <summary>A vehicle is plugged in and its need is known: the mean takes it in, as one of at most <see cref="MaxNeeds"/>.</summary>
    /// <param name="vehicle">Its index.</param>
    /// <param name="neededWh">Needed at the departure, told or learned, Wh; 0 = not known.</param>
    public void Need(int vehicle, int neededWh)
    {
        if (neededWh == 0) return;
        int needs = _needs[vehicle] = (byte)Math.Min(MaxNeeds, _needs[vehicle] + 1);
        _needWh[vehicle] += (neededWh - _needWh[vehicle]) / needs;
    }

    /// <summary>Day that the present list is of; 0 = none yet.</summary>
    internal int DayOf(int vehicle) => _day[vehicle];

    /// <summary>Day on which it was back from its last time away.</summary>
    internal int BackDayOf(int vehicle)
    {
        ReadOnlySpan<RememberedGap> gaps = PresentGaps(vehicle);
        return gaps.IsEmpty ? _day[vehicle] : _day[vehicle] + ((gaps[^1].StartSlot + gaps[^1].SlotsAway) / Slots.PerDay);
    }

    internal int UsualW(int vehicle) => _usualW[vehicle];

    internal int NeedWh(int vehicle) => _needs[vehicle] < KnownNeeds ? 0 : _needWh[vehicle];

    internal int LeftWh(int vehicle) => _leftWh[vehicle];

    /// <summary>Gaps of the present day's list.</summary>
    internal ReadOnlySpan<RememberedGap> PresentGaps(int vehicle) => ListOf(vehicle, Present)[..CountOf(vehicle, Present)];

    /// <summary>Gaps of the list that was kept of a kind of day.</summary>
    internal bool TryKept(int vehicle, bool weekend, out ReadOnlySpan<RememberedGap> gaps)
    {
        int list = weekend ? 2 : 1;
        gaps = ListOf(vehicle, list)[..CountOf(vehicle, list)];
        return (_counts[vehicle] & (1 << (KnownBit + list - 1))) != 0;
    }

    /// <summary>Columns of <see cref="Bytes"/>.</summary>
    public const int ColumnCount = 7;

    /// <summary>Those that were there before needs were remembered.</summary>
    public const int ColumnCountWithoutNeeds = 5;

    /// <summary>The bytes of a column, to write or to fill, in the machine's order.</summary>
    /// <param name="column">0 to under <see cref="ColumnCount"/>, in the order above.</param>
    /// <param name="vehicles">Of as many vehicles.</param>
    public Span<byte> Bytes(int column, int vehicles) => column switch
    {
        0 => MemoryMarshal.AsBytes(_day.AsSpan(0, vehicles)),
        1 => MemoryMarshal.AsBytes(_counts.AsSpan(0, vehicles)),
        2 => MemoryMarshal.AsBytes(_gaps.AsSpan(0, vehicles * Lists * GapsPerDay)),
        3 => MemoryMarshal.AsBytes(_leftWh.AsSpan(0, vehicles)),
        4 => MemoryMarshal.AsBytes(_usualW.AsSpan(0, vehicles)),
        5 => MemoryMarshal.AsBytes(_needWh.AsSpan(0, vehicles)),
        6 => _needs.AsSpan(0, vehicles),
        _ => throw new ArgumentOutOfRangeException(nameof(column), column, null),
    };

    /// <summary>Begins a later day: the list of the day before is kept for its kind, and a day without a gap between is one spent at the plug.</summary>
    private void RollTo(int vehicle, int day)
    {
        int present = _day[vehicle];
        if (present == day) return;
        // Told late: it stays with the day that is under way.
        if (present > day) return;
        if (present > 0)
        {
            Keep(vehicle, Weekdays.IsWeekend(present), ListOf(vehicle, Present)[..CountOf(vehicle, Present)]);
            // Of the days between, of each kind the last counts, and all were without a gap; those that it was away for are none of them.
            for (int between = Math.Max(BackDayOf(vehicle) + 1, day - 7); between < day; between++) Keep(vehicle, Weekdays.IsWeekend(between), []);
        }
        _day[vehicle] = day;
        SetCount(vehicle, Present, 0);
    }

    private void Keep(int vehicle, bool weekend, ReadOnlySpan<RememberedGap> gaps)
    {
        int list = weekend ? 2 : 1;
        gaps.CopyTo(ListOf(vehicle, list));
        SetCount(vehicle, list, gaps.Length);
        _counts[vehicle] |= (ushort)(1 << (KnownBit + list - 1));
    }

    private Span<RememberedGap> ListOf(int vehicle, int list) => _gaps.AsSpan(((vehicle * Lists) + list) * GapsPerDay, GapsPerDay);

    private int CountOf(int vehicle, int list) => (_counts[vehicle] >> (3 * list)) & 7;

    private void SetCount(int vehicle, int list, int count) =>
        _counts[vehicle] = (ushort)((_counts[vehicle] & ~(7 << (3 * list))) | (count << (3 * list)));
}
