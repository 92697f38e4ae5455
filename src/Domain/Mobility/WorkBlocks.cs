using Movc.Domain.Randomness;
using Movc.Domain.Time;

namespace Movc.Domain.Mobility;

/// <summary>When commuters are at work: on which days, from when, for how long (model.md §3).</summary>
public sealed class WorkBlocks
{
    private const int MinutesPerDay = Slots.PerDay * Slots.Minutes;
    private const int LongestRedraw = 256;
    private readonly double _weekday;
    private readonly double _weekend;
    private readonly double _durationMinMin;
    private readonly double _durationMaxMin;
    private readonly WorkBlockComponent[] _components;
    private readonly double[] _cumulated;

    // Lower Cholesky factor of each covariance: start = mean + a·z1, duration = mean + b·z1 + c·z2.
    private readonly (double A, double B, double C)[] _factor;

    /// <param name="weekdayProbability">Of going to work on Monday to Friday.</param>
    /// <param name="weekendProbability">Of going to work on Saturday or Sunday.</param>
    /// <param name="components">The mixture; weights are normalised.</param>
    /// <param name="durationMinMin">A shorter draw is drawn again, minutes.</param>
    /// <param name="durationMaxMin">A longer draw is drawn again, minutes.</param>
    public WorkBlocks(
        double weekdayProbability, double weekendProbability, IReadOnlyList<WorkBlockComponent> components, double durationMinMin, double durationMaxMin)
    {
        _weekday = weekdayProbability;
        _weekend = weekendProbability;
        _durationMinMin = durationMinMin;
        _durationMaxMin = durationMaxMin;
        _components = [.. components];
        double sum = 0;
        _cumulated = [.. components.Select(c => sum += c.Weight)];
        _factor = [.. components.Select(Factor)];
    }

    /// <summary>False where nobody ever works.</summary>
    public bool Ever => _weekday > 0 || _weekend > 0;

    /// <summary>Whether a commuter works on a day, and when.</summary>
    /// <param name="dayOfWeek">0 = Monday.</param>
    /// <param name="random">The vehicle's stream of that day.</param>
    /// <param name="startSlot">Slot of the day, 0 to 143.</param>
    /// <param name="durationSlots">1 or more.</param>
    public bool TryDraw(int dayOfWeek, ref CounterRandom random, out int startSlot, out int durationSlots)
    {
        startSlot = durationSlots = 0;
        if (random.NextUniform() >= (dayOfWeek >= 5 ? _weekend : _weekday)) return false;
        for (int i = 0; ; i++)
        {
            double at = random.NextUniform() * _cumulated[^1];
            int k = 0;
            while (k < _cumulated.Length - 1 && at >= _cumulated[k]) k++;
            (double z1, double z2) = random.NextNormals();
            double start = _components[k].StartMeanMin + _factor[k].A * z1;
            double duration = _components[k].DurationMeanMin + _factor[k].B * z1 + _factor[k].C * z2;
            bool accepted = start is >= 0 and < MinutesPerDay && duration >= _durationMinMin && duration <= _durationMaxMin;
            // The means lie inside the ranges, so hundreds of refusals in a row do not happen; the mean keeps the loop finite all the same.
            if (!accepted && i == LongestRedraw) (start, duration, accepted) = (_components[k].StartMeanMin, _components[k].DurationMeanMin, true);
            if (!accepted) continue;
            startSlot = (int)start / Slots.Minutes;
            durationSlots = Math.Max(1, (int)Math.Round(duration / Slots.Minutes));
            return true;
        }
    }

    private static (double A, double B, double C) Factor(WorkBlockComponent c)
    {
        double a = Math.Sqrt(c.StartVarianceMin2), b = c.CovarianceMin2 / a;
        return (a, b, Math.Sqrt(Math.Max(0, c.DurationVarianceMin2 - b * b)));
    }
}
