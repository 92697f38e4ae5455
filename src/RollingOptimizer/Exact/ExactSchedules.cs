using Movc.Domain.Dispatch;
using Movc.RollingOptimizer.Solver;

namespace Movc.RollingOptimizer.Exact;

/// <summary>
/// CLP's schedules, read from the paths of stored energy and not from c and d: a path gives each slot one signed power, and bounds
/// that CLP holds to 1e-7 are held here exactly.
/// </summary>
internal sealed class ExactSchedules : IScheduleSource
{
    private const double NoiseKw = 1e-9;
    private readonly int _slots;
    private readonly int[] _cellFrom;
    private readonly int[] _slotOfCell;
    private readonly double[] _powerKw;

    public ExactSchedules(DispatchLp lp, double[] primal)
    {
        DispatchInstance x = lp.Fleet.Instance;
        _slots = lp.Days.Slots;
        _slotOfCell = lp.SlotOfCell;
        _powerKw = new double[_slotOfCell.Length];
        _cellFrom = new int[x.VehicleCount + 1];
        AfterKw = (double[])x.LoadKw.Clone();
        FirstSlotPowerW = new int[x.VehicleCount];
        double throughputKw = 0;
        int j = 0;
        for (int i = 0; i < x.VehicleCount; i++)
        {
            double energyKwh = x.InitialWh[i] / 1000.0;
            for (int s = x.StayOffset[i]; s < x.StayOffset[i + 1]; s++)
            {
                double mostInKw = x.MaxChargeW[s] / 1000.0, mostOutKw = x.MaxDischargeW[s] / 1000.0;
                for (int t = x.StartSlot[s]; t < x.EndSlot[s]; t++, j++)
                {
                    int column = lp.EnergyColumn[j];
                    double gain = Math.Clamp(primal[column], lp.Lower[column], lp.Upper[column]) - energyKwh;
                    double powerKw = gain > 0 ? gain / (x.Efficiency * x.SlotHours) : gain * x.Efficiency / x.SlotHours;
                    powerKw = Snap(powerKw, mostInKw, mostOutKw);
                    energyKwh += powerKw > 0 ? powerKw * x.Efficiency * x.SlotHours : powerKw * x.SlotHours / x.Efficiency;
                    _powerKw[j] = powerKw;
                    AfterKw[t] += powerKw;
                    throughputKw += Math.Abs(powerKw);
                    // Cut toward zero; what is a whole number of watts but for rounding counts as whole.
                    if (t == 0) FirstSlotPowerW[i] = (int)(powerKw * 1000 + Math.CopySign(1e-4, powerKw));
                }
                energyKwh -= lp.Fleet.TripWh[s] / 1000.0;
            }
            _cellFrom[i + 1] = j;
        }
        ObjectiveKw = (Objective.SpreadKw([.. x.PastLoadKw, .. AfterKw], lp.Days) + x.Lambda * throughputKw) / _slots;
    }

    public double[] AfterKw { get; }

    public int[] FirstSlotPowerW { get; }

    /// <summary>Recomputed from the schedules, kW with the 1/T.</summary>
    public double ObjectiveKw { get; }

    public void Expand(int vehicle, Span<double> powerKw)
    {
        if (powerKw.Length != _slots) throw new ArgumentException($"a schedule has {_slots} slots, the span {powerKw.Length}", nameof(powerKw));
        powerKw.Clear();
        for (int j = _cellFrom[vehicle]; j < _cellFrom[vehicle + 1]; j++) powerKw[_slotOfCell[j]] = _powerKw[j];
    }

    private static double Snap(double powerKw, double mostInKw, double mostOutKw)
    {
        if (Math.Abs(powerKw) < NoiseKw) return 0;
        if (powerKw > mostInKw - NoiseKw) return mostInKw;
        return powerKw < NoiseKw - mostOutKw ? -mostOutKw : powerKw;
    }
}
