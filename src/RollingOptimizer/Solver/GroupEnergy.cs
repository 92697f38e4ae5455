using Movc.Domain.Dispatch;
using Movc.Domain.Threads;

namespace Movc.RollingOptimizer.Solver;

/// <summary>What some vehicles charge and discharge together, in the kernels' whole units.</summary>
internal sealed class GroupEnergy
{
    private const int StretchVehicles = 256;

    private GroupEnergy(int slots)
    {
        Charged = new long[slots];
        Discharged = new long[slots];
    }

    /// <summary>Energy charged per slot, units.</summary>
    public long[] Charged { get; }

    /// <summary>Energy discharged per slot, units taken from the batteries.</summary>
    public long[] Discharged { get; }

    /// <summary>Sums schedules of a plan.</summary>
    public static GroupEnergy Of(PreparedFleet fleet, IScheduleSource schedules, int[] vehicles, int threads, CancellationToken cancellationToken)
    {
        int slots = fleet.Slots, a = fleet.Units.PerChargeWatt, b = fleet.Units.PerDischargeWatt;
        var sum = new GroupEnergy(slots);
        OrderedParallel.Run(
            (vehicles.Length + StretchVehicles - 1) / StretchVehicles, () => new double[slots],
            (stretch, power) =>
            {
                var part = new GroupEnergy(slots);
                for (int k = stretch * StretchVehicles; k < Math.Min(vehicles.Length, (stretch + 1) * StretchVehicles); k++)
                {
                    schedules.Expand(vehicles[k], power);
                    for (int t = 0; t < slots; t++)
                    {
                        if (power[t] > 0) part.Charged[t] += (long)Math.Round(1000 * power[t] * a);
                        else if (power[t] < 0) part.Discharged[t] += (long)Math.Round(-1000 * power[t] * b);
                    }
                }
                return part;
            },
            sum.Add, threads, cancellationToken);
        return sum;
    }

    /// <summary>Of no vehicle yet.</summary>
    public static GroupEnergy Empty(int slots) => new(slots);

    /// <summary>Adds what a vehicle gains per slot, units, negative where it delivers.</summary>
    public void Add(ReadOnlySpan<int> gained)
    {
        for (int t = 0; t < gained.Length; t++)
        {
            if (gained[t] > 0) Charged[t] += gained[t];
            else Discharged[t] -= gained[t];
        }
    }

    /// <summary>Net power of a slot, W, charging positive.</summary>
    public double NetW(PreparedFleet fleet, int t) => (Charged[t] / (double)fleet.Units.PerChargeWatt) - (Discharged[t] / (double)fleet.Units.PerDischargeWatt);

    public void Add(GroupEnergy other)
    {
        for (int t = 0; t < Charged.Length; t++)
        {
            Charged[t] += other.Charged[t];
            Discharged[t] += other.Discharged[t];
        }
    }

    public void Clear()
    {
        Array.Clear(Charged);
        Array.Clear(Discharged);
    }
}
