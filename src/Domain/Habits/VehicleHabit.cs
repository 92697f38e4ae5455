using Movc.Domain.Time;

namespace Movc.Domain.Habits;

/// <summary>What is remembered of one vehicle.</summary>
public readonly ref struct VehicleHabit
{
    private readonly HabitColumns _columns;
    private readonly int _vehicle;

    internal VehicleHabit(HabitColumns columns, int vehicle) => (_columns, _vehicle) = (columns, vehicle);

    /// <summary>Charging power at its usual stays, W; 0 = it has had none.</summary>
    public int UsualChargeW => _columns.UsualW(_vehicle);

    /// <summary>Stored energy when it was unplugged last, Wh.</summary>
    public int LeftWh => _columns.LeftWh(_vehicle);

    /// <summary>The times away of the newest finished day of a day's kind, or of the other kind while that is not known; in time order.</summary>
    /// <param name="day">Local day number of the day that is asked about.</param>
    /// <param name="today">Local day number of the present day, which is not finished.</param>
    /// <param name="gaps">They.</param>
    /// <returns>False when no day of the vehicle is known.</returns>
    public bool TryDay(int day, int today, out ReadOnlySpan<RememberedGap> gaps)
    {
        bool weekend = Weekdays.IsWeekend(day);
        return TryKind(weekend, today, out gaps) || TryKind(!weekend, today, out gaps);
    }

    /// <summary>Mean of what was needed at the departures of its stays, Wh; 0 = too few are known.</summary>
    public int UsualNeedWh => _columns.NeedWh(_vehicle);

    /// <summary>Energy that its trips are expected to take until the end of the next day, Wh: as on the last days of those kinds; 0 when no day of it is known, else at least 1.</summary>
    /// <param name="today">Local day number of the present day.</param>
    public int NeededWh(int today)
    {
        if (!TryDay(today, today, out ReadOnlySpan<RememberedGap> here) || !TryDay(today + 1, today, out ReadOnlySpan<RememberedGap> next)) return 0;
        return Math.Max(1, Math.Max(UsedWh(here), UsedWh(next)));
    }

    private static int UsedWh(ReadOnlySpan<RememberedGap> gaps)
    {
        int sum = 0;
        foreach (RememberedGap gap in gaps) sum += gap.UsedWh;
        return sum;
    }

    private bool TryKind(bool weekend, int today, out ReadOnlySpan<RememberedGap> gaps)
    {
        gaps = [];
        int present = _columns.DayOf(_vehicle);
        if (present == 0) return false;
        int newest = today - 1;
        while (Weekdays.IsWeekend(newest) != weekend) newest--;
        // Since it was back from its last gap a whole day of the kind has passed: it was spent at the plug.
        if (newest > _columns.BackDayOf(_vehicle)) return true;
        if (newest < present) return _columns.TryKept(_vehicle, weekend, out gaps);
        gaps = _columns.PresentGaps(_vehicle);
        return true;
    }
}
