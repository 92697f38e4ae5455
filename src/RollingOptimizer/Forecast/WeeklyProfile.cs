namespace Movc.RollingOptimizer.Forecast;

/// <summary>An exponentially smoothed value for each slot of the local week.</summary>
internal sealed class WeeklyProfile(int slotsPerWeek, double rate)
{
    private readonly double[] _mean = new double[slotsPerWeek];
    private readonly bool[] _seen = new bool[slotsPerWeek];

    public double Of(int slotOfWeek, double otherwise) => _seen[slotOfWeek] ? _mean[slotOfWeek] : otherwise;

    public void Learn(int slotOfWeek, double value)
    {
        if (_seen[slotOfWeek]) _mean[slotOfWeek] += rate * (value - _mean[slotOfWeek]);
        else (_mean[slotOfWeek], _seen[slotOfWeek]) = (value, true);
    }
}
