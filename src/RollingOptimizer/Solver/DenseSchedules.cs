using Movc.Domain.Dispatch;

namespace Movc.RollingOptimizer.Solver;

/// <summary>
/// The plan of a small fleet, or of some vehicles of a large one, as numbers: the energy gained in each slot. A vehicle's path is a mixture of paths that its kernel
/// found, hence feasible, rounded to whole units; each slot either charges or discharges, whichever the path needs, so mixing never
/// makes a vehicle do both.
/// </summary>
internal sealed class DenseSchedules : IScheduleSource
{
    private readonly PreparedFleet _fleet;
    private readonly int[] _gained;

    /// <summary>Rounds the mixtures.</summary>
    /// <param name="stored">Energy gained per vehicle and slot, units, not whole; the vehicle at row i has [i·T, (i + 1)·T).</param>
    public DenseSchedules(PreparedFleet fleet, double[] stored)
    {
        _fleet = fleet;
        int slots = fleet.Slots;
        _gained = new int[stored.Length];
        Charged = new long[slots];
        Discharged = new long[slots];
        int rows = stored.Length / slots;
        FirstSlotPowerW = new int[rows];
        for (int i = 0; i < rows; i++)
        {
            // Rounding the path and not the steps keeps every bound, because all bounds are whole numbers.
            double path = 0;
            long before = 0;
            for (int t = 0; t < slots; t++)
            {
                path += stored[i * slots + t];
                long now = (long)Math.Floor(path + 0.5);
                int gain = (int)(now - before);
                before = now;
                _gained[i * slots + t] = gain;
                if (gain > 0) Charged[t] += gain;
                else Discharged[t] -= gain;
            }
            int first = _gained[i * slots];
            FirstSlotPowerW[i] = fleet.Units.PowerW(first);
        }
    }

    /// <summary>Energy charged by all rows per slot, units.</summary>
    public long[] Charged { get; }

    /// <summary>Energy discharged by all rows per slot, units taken from the batteries.</summary>
    public long[] Discharged { get; }

    /// <summary>Power in slot 0 per row, W.</summary>
    public int[] FirstSlotPowerW { get; }

    public void Expand(int vehicle, Span<double> powerKw)
    {
        int slots = _fleet.Slots;
        if (powerKw.Length != slots) throw new ArgumentException($"a schedule has {slots} slots, the span {powerKw.Length}", nameof(powerKw));
        ReadOnlySpan<int> gained = Gained(vehicle);
        for (int t = 0; t < slots; t++) powerKw[t] = _fleet.Units.PowerKw(gained[t]);
    }

    /// <summary>The fleet that it is a plan of, or of some of whose vehicles.</summary>
    public PreparedFleet Fleet => _fleet;

    /// <summary>Energy gained in each slot by the vehicle of a row, units.</summary>
    public ReadOnlySpan<int> Gained(int row) => _gained.AsSpan(row * _fleet.Slots, _fleet.Slots);
}
