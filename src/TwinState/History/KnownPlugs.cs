using Movc.Domain.Fleet;
using Movc.Domain.Habits;
using Movc.Domain.Time;

namespace Movc.TwinState.History;

/// <summary>
/// Tells of a shard's vehicles when they will be away as it came to be, up to where the record ends; beyond it what their habits let expect.
/// For one shard and one thread.
/// </summary>
/// <param name="log">What happened.</param>
/// <param name="endMs">Where the record ends, Unix milliseconds UTC.</param>
/// <param name="beyond">Expects what comes after it.</param>
/// <param name="find">Local index of a vehicle by its id.</param>
internal sealed class KnownPlugs(PlugLog log, long endMs, IPlugOutlook beyond, Func<ReadOnlySpan<byte>, int> find) : IPlugOutlook
{
    private readonly (int[] Offset, PlugLog.Gap[] Gaps) _known = log.ByVehicle();
    private readonly ExpectedGap[] _expected = new ExpectedGap[FleetOutlook.MaxGaps];

    /// <inheritdoc/>
    public int Expect(ReadOnlySpan<byte> vehicleId, in VehicleHabit habit, in PlugMoment moment, long untilMs, ICityCalendar calendar, Span<ExpectedGap> gaps)
    {
        ReadOnlySpan<PlugLog.Gap> known = Of(find(vehicleId));
        int count = 0;
        for (int g = FirstAt(known, in moment); g < known.Length; g++)
        {
            PlugLog.Gap gap = known[g];
            if (gap.LeftMs >= untilMs || count == gaps.Length) return count;
            if (gap.BackMs == long.MaxValue) return Open(vehicleId, in habit, in moment, in gap, untilMs, calendar, gaps, count);
            // Told late that it is back: it comes at any moment.
            gaps[count++] = Told(new ExpectedGap(gap.LeftMs, moment.IsPlugged ? gap.BackMs : Math.Max(gap.BackMs, moment.AtMs + 1), gap.UsedWh), in gap);
        }
        if (untilMs <= endMs) return count;
        // At the record's end it is at the plug; what it declared of the present stay is known if that is the one.
        var stays = new PlugMoment(moment.AtMs, IsPlugged: true, moment.SinceMs, count == 0 && moment.IsPlugged && moment.DepartureMs > endMs ? moment.DepartureMs : 0);
        return Append(beyond.Expect(vehicleId, in habit, in stays, untilMs, calendar, _expected), 0, count == 0 ? endMs : Math.Max(endMs, gaps[count - 1].ToMs), gaps, count);
    }

    /// <summary>When a plugged-in vehicle left in the end, Unix milliseconds UTC; for one that the record leaves at the plug what it declared, where that is later, else beyond all that is looked ahead.</summary>
    public long DepartureMs(int vehicle, long atMs, long declaredMs)
    {
        foreach (PlugLog.Gap gap in Of(vehicle))
        {
            if (gap.BackMs > atMs) return gap.LeftMs;
        }
        return declaredMs > endMs ? declaredMs : endMs + ((FleetOutlook.Slots + 1) * Slots.Ms);
    }

    private ReadOnlySpan<PlugLog.Gap> Of(int vehicle) =>
        vehicle < 0 || vehicle + 1 >= _known.Offset.Length ? [] : _known.Gaps.AsSpan(_known.Offset[vehicle]..(_known.Offset[vehicle + 1]));

    /// <summary>The first gap that is not over; of a vehicle that is away the one that it is away in.</summary>
    private static int FirstAt(ReadOnlySpan<PlugLog.Gap> known, in PlugMoment moment)
    {
        int g = 0;
        while (g < known.Length && known[g].BackMs <= moment.AtMs) g++;
        if (moment.IsPlugged) return g;
        return g > 0 && (g == known.Length || known[g].LeftMs > moment.AtMs) ? g - 1 : g;
    }

    /// <summary>A vehicle that leaves within the record and does not come back in it: how long it will be away its habit lets expect.</summary>
    private int Open(ReadOnlySpan<byte> vehicleId, in VehicleHabit habit, in PlugMoment moment, in PlugLog.Gap gap, long untilMs, ICityCalendar calendar, Span<ExpectedGap> gaps, int count)
    {
        PlugMoment leaving = gap.LeftMs > moment.AtMs
            ? new PlugMoment(moment.AtMs, IsPlugged: true, moment.SinceMs, gap.LeftMs)
            : new PlugMoment(moment.AtMs, IsPlugged: false, gap.LeftMs, 0);
        int expected = beyond.Expect(vehicleId, in habit, in leaving, untilMs, calendar, _expected);
        if (expected == 0)
        {
            gaps[count] = Told(new ExpectedGap(gap.LeftMs, long.MaxValue, 0), in gap);
            return count + 1;
        }
        long backMs = Math.Max(_expected[0].ToMs, endMs + 1);
        gaps[count] = new ExpectedGap(gap.LeftMs, backMs, _expected[0].UsedWh) { OwedWh = gap.OwedWh };
        return Append(expected, 1, backMs, gaps, count + 1);
    }

    /// <summary>Adds what is expected after an instant.</summary>
    private int Append(int expected, int from, long afterMs, Span<ExpectedGap> gaps, int count)
    {
        for (int e = from; e < expected && count < gaps.Length; e++)
        {
            if (_expected[e].FromMs > afterMs) gaps[count++] = _expected[e];
        }
        return count;
    }

    private static ExpectedGap Told(ExpectedGap gap, in PlugLog.Gap known) =>
        known.BackMs == long.MaxValue ? gap with { OwedWh = known.OwedWh } : gap with { OwedWh = known.OwedWh, ChargeW = known.ChargeW, DischargeW = known.DischargeW };
}
