using Movc.Domain.Dispatch;
using Movc.VehicleKernel.Storage;

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
        Columns = new FleetColumns
        {
            Units = units,
            Slots = instance.SlotCount,
            CapacityWh = instance.CapacityWh,
            InitialWh = instance.InitialWh,
            FinalMinWh = instance.FinalMinWh,
            StayOffset = instance.StayOffset,
            StartSlot = instance.StartSlot,
            EndSlot = instance.EndSlot,
            MaxChargeW = instance.MaxChargeW,
            MaxDischargeW = instance.MaxDischargeW,
            NeededWh = instance.NeededAtDepartureWh,
            TripWh = instance.TripWhAfter,
        };
    }

    public DispatchInstance Instance { get; }

    /// <summary>What the kernels read.</summary>
    public FleetColumns Columns { get; }

    public EnergyUnits Units => Columns.Units;

    public int[] FinalMinWh => Columns.FinalMinWh;

    public int[] NeededWh => Columns.NeededWh;

    public int[] TripWh => Columns.TripWh;

    public IReadOnlyList<InfeasibleVehicle> Infeasible { get; private set; } = [];

    /// <summary>Sum over vehicles of the largest charging power of any stay, W.</summary>
    public double TotalPowerW { get; private set; }

    public int Count => Instance.CapacityWh.Length;

    public int Slots => Instance.LoadKw.Length;

    /// <summary>Checks every vehicle, then walks each forward at full charging; whatever that cannot reach is lowered and listed.</summary>
    public static PreparedFleet Prepare(DispatchInstance x, int threads)
    {
        InstanceCheck.Shape(x);
        InstanceCheck.Limits(x);
        int n = x.CapacityWh.Length;
        int capacityWh = Max(x.CapacityWh), chargeW = Max(x.MaxChargeW), dischargeW = Max(x.MaxDischargeW);
        if (!EnergyUnits.TryChoose(x.Efficiency, x.SlotHours, capacityWh, chargeW, dischargeW, out EnergyUnits units))
            throw new Domain.InputException($"instance: a capacity of {capacityWh} Wh or a power of {Math.Max(chargeW, dischargeW)} W is too large for one vehicle; split it into several");
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
                    if (!NeedRepair.Reaches(fleet.Columns, i)) (outOfReach[chunk] ??= []).Add(i);
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

    private void Lower(List<int>?[] outOfReach)
    {
        Columns.FinalMinWh = (int[])FinalMinWh.Clone();
        Columns.NeededWh = (int[])NeededWh.Clone();
        Columns.TripWh = (int[])TripWh.Clone();
        var list = new List<InfeasibleVehicle>();
        foreach (List<int>? chunk in outOfReach)
        {
            foreach (int i in chunk ?? []) NeedRepair.Lower(Columns, i, lowered => list.Add(new InfeasibleVehicle(lowered.Vehicle, Reason(lowered.Kind), lowered.WantedWh, lowered.ReachableWh)));
        }
        Infeasible = list;
    }

    private static string Reason(NeedKind kind) => kind switch
    {
        NeedKind.Departure => "needed at departure is out of reach",
        NeedKind.Trip => "trip takes more than can be stored",
        _ => "final energy is out of reach",
    };
}
