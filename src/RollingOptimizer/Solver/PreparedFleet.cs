using Movc.Domain.Dispatch;

namespace Movc.RollingOptimizer.Solver;

/// <summary>
/// The instance as the kernels read it: its own columns, with needs, trips and final floors lowered to what full charging reaches.
/// Columns that need no repair are shared with the instance, not copied.
/// </summary>
internal sealed class PreparedFleet
{
    private const int ChunkVehicles = 4096;

    private PreparedFleet(DispatchInstance instance, EnergyUnits units)
    {
        Instance = instance;
        Units = units;
        FinalMinWh = instance.FinalMinWh;
        NeededWh = instance.NeededAtDepartureWh;
        TripWh = instance.TripWhAfter;
    }

    public DispatchInstance Instance { get; }

    public EnergyUnits Units { get; }

    public int[] FinalMinWh { get; private set; }

    public int[] NeededWh { get; private set; }

    public int[] TripWh { get; private set; }

    public IReadOnlyList<InfeasibleVehicle> Infeasible { get; private set; } = [];

    /// <summary>Sum over vehicles of the largest charging power of any stay, W.</summary>
    public double TotalPowerW { get; private set; }

    public int Count => Instance.CapacityWh.Length;

    public int Slots => Instance.LoadKw.Length;

    /// <summary>Checks every vehicle, then walks each forward at full charging; whatever that cannot reach is lowered and listed.</summary>
    public static PreparedFleet Prepare(DispatchInstance x, int threads)
    {
        InstanceCheck.Shape(x);
        int n = x.CapacityWh.Length;
        EnergyUnits units = EnergyUnits.Choose(
            x.Efficiency, x.SlotHours, Max(x.CapacityWh), Max(x.MaxChargeW), Max(x.MaxDischargeW));
        var fleet = new PreparedFleet(x, units);
        int chunks = (n + ChunkVehicles - 1) / ChunkVehicles;
        var outOfReach = new List<int>?[chunks];
        var powerW = new long[chunks];
        var refusal = new Exception?[chunks];
        Parallel.For(0, chunks, new ParallelOptions { MaxDegreeOfParallelism = threads }, chunk =>
        {
            int to = Math.Min(n, (chunk + 1) * ChunkVehicles);
            try
            {
                for (int i = chunk * ChunkVehicles; i < to; i++)
                {
                    InstanceCheck.Vehicle(x, i);
                    powerW[chunk] += PeakPowerW(x, i);
                    if (!fleet.Reaches(i)) (outOfReach[chunk] ??= []).Add(i);
                }
            }
            catch (Exception e) when (e is Domain.InputException or ArgumentException)
            {
                refusal[chunk] = e;
            }
        });
        foreach (Exception? e in refusal)
        {
            // The first in vehicle order, whatever thread met it.
            if (e is not null) System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(e);
        }
        fleet.TotalPowerW = powerW.Sum();
        if (Array.Exists(outOfReach, l => l is not null)) fleet.Lower(outOfReach);
        return fleet;
    }

    private static int Max(int[] column)
    {
        int max = 0;
        foreach (int value in column) max = Math.Max(max, value);
        return max;
    }

    private static int PeakPowerW(DispatchInstance x, int i)
    {
        int peak = 0;
        for (int s = x.StayOffset[i]; s < x.StayOffset[i + 1]; s++) peak = Math.Max(peak, x.MaxChargeW[s]);
        return peak;
    }

    private bool Reaches(int i)
    {
        DispatchInstance x = Instance;
        long unit = Units.PerWh, capacity = x.CapacityWh[i] * unit, energy = x.InitialWh[i] * unit;
        for (int s = x.StayOffset[i]; s < x.StayOffset[i + 1]; s++)
        {
            energy = Math.Min(capacity, energy + (long)(x.EndSlot[s] - x.StartSlot[s]) * x.MaxChargeW[s] * Units.PerChargeWatt);
            if (x.NeededAtDepartureWh[s] * unit > energy) return false;
            energy -= x.TripWhAfter[s] * unit;
            if (energy < 0) return false;
        }
        return x.FinalMinWh[i] * unit <= energy;
    }

    private void Lower(List<int>?[] outOfReach)
    {
        DispatchInstance x = Instance;
        FinalMinWh = (int[])FinalMinWh.Clone();
        NeededWh = (int[])NeededWh.Clone();
        TripWh = (int[])TripWh.Clone();
        var list = new List<InfeasibleVehicle>();
        long unit = Units.PerWh;
        foreach (List<int>? chunk in outOfReach)
        {
            foreach (int i in chunk ?? [])
            {
                long capacity = x.CapacityWh[i] * unit, energy = x.InitialWh[i] * unit;
                for (int s = x.StayOffset[i]; s < x.StayOffset[i + 1]; s++)
                {
                    energy = Math.Min(capacity, energy + (long)(x.EndSlot[s] - x.StartSlot[s]) * x.MaxChargeW[s] * Units.PerChargeWatt);
                    int reachableWh = (int)(energy / unit);
                    if (NeededWh[s] > reachableWh)
                    {
                        list.Add(new InfeasibleVehicle(i, "needed at departure is out of reach", NeededWh[s], reachableWh));
                        NeededWh[s] = reachableWh;
                    }
                    if (TripWh[s] > reachableWh)
                    {
                        list.Add(new InfeasibleVehicle(i, "trip takes more than can be stored", TripWh[s], reachableWh));
                        TripWh[s] = reachableWh;
                    }
                    energy -= TripWh[s] * unit;
                }
                int finalWh = (int)(energy / unit);
                if (FinalMinWh[i] > finalWh)
                {
                    list.Add(new InfeasibleVehicle(i, "final energy is out of reach", FinalMinWh[i], finalWh));
                    FinalMinWh[i] = finalWh;
                }
            }
        }
        Infeasible = list;
    }
}
