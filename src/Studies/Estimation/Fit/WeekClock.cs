using Movc.Domain.Mobility;
using Movc.Domain.Time;

namespace Movc.Studies.Estimation.Fit;

/// <summary>A travel rhythm P(t) integrated: how much of it passes between two times.</summary>
internal sealed class WeekClock
{
    private const double WeekMin = 10080;
    private readonly double[] _share;
    private readonly double[] _before = new double[TravelRhythm.SlotsPerWeek + 1];

    public WeekClock(TravelRhythm rhythm)
    {
        _share = rhythm.Share.ToArray();
        for (int t = 0; t < _share.Length; t++) _before[t + 1] = _before[t] + _share[t];
    }

    /// <summary>P of the slot that holds a time, minutes since a Monday 0:00.</summary>
    public double At(double min) => _share[Math.Min(_share.Length - 1, (int)(min % WeekMin / Slots.Minutes))];

    /// <summary>Sum of P between two times, minutes since a Monday 0:00; 1 for a week.</summary>
    public double Between(double fromMin, double toMin) => Until(toMin) - Until(fromMin);

    private double Until(double min)
    {
        double weeks = Math.Floor(min / WeekMin), slots = (min - (weeks * WeekMin)) / Slots.Minutes;
        int whole = Math.Min(_share.Length - 1, (int)slots);
        return weeks + _before[whole] + ((slots - whole) * _share[whole]);
    }
}
