using Movc.Domain.Dispatch;
using Movc.RollingOptimizer.Solver;

namespace Movc.RollingOptimizer.Exact;

/// <summary>
/// The dispatch (MOVC Eqs. 15-37) as a plain linear program, minimised, with the needs lowered that nothing can reach. kW and kWh.
/// </summary>
/// <remarks>
/// With P past slots, T slots, D days and the plugged vehicle-slots j in the order of vehicles and time:
/// <code>
/// columns  u_k v_k   k = 0 .. P + T − 1   cost 1/T, 0 to range    load over and under its day's level
///          A_d       d = 0 .. D − 1       in the loads' range     the level of a day
///          c_j d_j   where the stay has such a power, cost λ/T    charging and discharging, 0 to the stay's limit
///          e_j       floor to capacity                            stored energy at the slot's end, before a trip
///          H_d s_k   where the peak has a weight  cost w·n_d/T  height of a day's peak over its level, and how far under it k stays
/// rows     load k    u_k − v_k + A_day(k) − Σ (c_j − d_j) = L_k   past slots first
///          energy j  e_j − e_before − η·Δ·c_j + (Δ/η)·d_j = 0     for a first slot: the initial energy; after a trip: −trip
///          peak k    H_day(k) − u_k + v_k − s_k = 0               after all others, only where the peak has a weight
/// </code>
/// The floor of e_j is 0, max(need, trip) where the stay ends there, and at least the final floor and the last trip where the
/// vehicle's last stay ends. A vehicle without a stay has no column. The dual of load k is π_k/T. No load leaves the range from
/// the least load less all discharging power to the greatest plus all charging power, so the bounds of u, v and A never bind; they
/// are there because CLP's dual simplex, as Debian builds it, stops at an assertion of its own where columns have none.
/// </remarks>
internal sealed class DispatchLp
{
    private DispatchLp(PreparedFleet fleet, DayGroups days)
    {
        (Fleet, Days) = (fleet, days);
        DispatchInstance x = fleet.Instance;
        long plugged = PluggedCells(x);
        bool peaks = x.PeakWeight > 0;
        long columns = 2L * days.Length + days.Days, entries = 3L * days.Length;
        if (peaks)
        {
            columns += days.Days + days.Length;
            entries += 4L * days.Length;
        }
        for (int s = 0; s < x.StartSlot.Length; s++)
        {
            int directions = (x.MaxChargeW[s] > 0 ? 1 : 0) + (x.MaxDischargeW[s] > 0 ? 1 : 0);
            long length = x.EndSlot[s] - x.StartSlot[s];
            columns += (1 + directions) * length;
            entries += (2 + 2 * directions) * length;
        }
        PeakRow = (int)(days.Length + plugged);
        Rows = PeakRow + (peaks ? days.Length : 0);
        Start = new int[columns + 1];
        Lower = new double[columns];
        Upper = new double[columns];
        Cost = new double[columns];
        Index = new int[entries];
        Value = new double[entries];
        RightSide = new double[Rows];
        ChargeColumn = new int[plugged];
        DischargeColumn = new int[plugged];
        EnergyColumn = new int[plugged];
        VehicleOfCell = new int[plugged];
        SlotOfCell = new int[plugged];
    }

    public PreparedFleet Fleet { get; }

    public DayGroups Days { get; }

    public int Columns { get; private set; }

    public int Rows { get; }

    /// <summary>Row of peak 0; <see cref="Rows"/> where the peak has no weight.</summary>
    public int PeakRow { get; }

    /// <summary>Column of H_0; H and s stand behind the levels. Only where the peak has a weight.</summary>
    public int PeakColumn => 2 * Days.Length + Days.Days;

    /// <summary>Columns that are the load's: u, v, A, H and s. The vehicles' follow.</summary>
    public int LoadColumns => PeakColumn + (PeakRow < Rows ? Days.Days + Days.Length : 0);

    /// <summary>Entries of column q are [Start[q], Start[q + 1]).</summary>
    public int[] Start { get; }

    public int[] Index { get; }

    public double[] Value { get; }

    public double[] Lower { get; }

    public double[] Upper { get; }

    public double[] Cost { get; }

    /// <summary>Every row is an equation.</summary>
    public double[] RightSide { get; }

    /// <summary>Column of c_j, or −1.</summary>
    public int[] ChargeColumn { get; }

    /// <summary>Column of d_j, or −1.</summary>
    public int[] DischargeColumn { get; }

    public int[] EnergyColumn { get; }

    public int[] VehicleOfCell { get; }

    public int[] SlotOfCell { get; }

    /// <summary>Vehicle-slots in stays.</summary>
    public static long PluggedCells(DispatchInstance x)
    {
        long cells = 0;
        for (int s = 0; s < x.StartSlot.Length; s++) cells += x.EndSlot[s] - x.StartSlot[s];
        return cells;
    }

    public static DispatchLp Build(DispatchInstance x, int threads)
    {
        PreparedFleet fleet = PreparedFleet.Prepare(x, threads);
        var lp = new DispatchLp(fleet, new DayGroups(x));
        lp.AddLoad();
        lp.AddVehicles();
        return lp;
    }

    private void AddLoad()
    {
        DispatchInstance x = Fleet.Instance;
        double cost = 1.0 / Days.Slots, least = double.PositiveInfinity, most = double.NegativeInfinity;
        for (int k = 0; k < Days.Length; k++)
        {
            RightSide[k] = k < Days.Past ? x.PastLoadKw[k] : x.LoadKw[k - Days.Past];
            least = Math.Min(least, RightSide[k]);
            most = Math.Max(most, RightSide[k]);
        }
        // A kW on either side, so that a bound is never where the optimum is.
        least -= TotalKw(x, x.MaxDischargeW) + 1;
        most += TotalKw(x, x.MaxChargeW) + 1;
        for (int k = 0; k < Days.Length; k++)
        {
            Entry(k, 1);
            if (PeakRow < Rows) Entry(PeakRow + k, -1);
            EndColumn(0, most - least, cost);
            Entry(k, -1);
            if (PeakRow < Rows) Entry(PeakRow + k, 1);
            EndColumn(0, most - least, cost);
        }
        for (int d = 0; d < Days.Days; d++)
        {
            for (int k = Days.From[d]; k < Days.From[d + 1]; k++) Entry(k, 1);
            EndColumn(least, most, 0);
        }
        if (PeakRow == Rows) return;
        for (int d = 0; d < Days.Days; d++)
        {
            for (int k = Days.From[d]; k < Days.From[d + 1]; k++) Entry(PeakRow + k, 1);
            EndColumn(0, most - least, Days.PeakSlots[d] * cost);
        }
        for (int k = 0; k < Days.Length; k++)
        {
            Entry(PeakRow + k, -1);
            EndColumn(0, 2 * (most - least), 0);
        }
    }

    private void AddVehicles()
    {
        DispatchInstance x = Fleet.Instance;
        double cost = x.Lambda / Days.Slots, stored = x.Efficiency * x.SlotHours, taken = x.SlotHours / x.Efficiency;
        int j = 0;
        for (int i = 0; i < x.VehicleCount; i++)
        {
            int first = x.StayOffset[i], last = x.StayOffset[i + 1] - 1;
            for (int s = first; s <= last; s++)
            {
                RightSide[Days.Length + j] = s == first ? x.InitialWh[i] / 1000.0 : -Fleet.TripWh[s - 1] / 1000.0;
                for (int t = x.StartSlot[s]; t < x.EndSlot[s]; t++, j++)
                {
                    (VehicleOfCell[j], SlotOfCell[j]) = (i, t);
                    int load = Days.Past + t, energy = Days.Length + j;
                    ChargeColumn[j] = Power(x.MaxChargeW[s], load, -1, energy, -stored, cost);
                    DischargeColumn[j] = Power(x.MaxDischargeW[s], load, 1, energy, taken, cost);
                    EnergyColumn[j] = Columns;
                    Entry(energy, 1);
                    bool ends = t + 1 == x.EndSlot[s];
                    if (!ends || s < last) Entry(energy + 1, -1);
                    EndColumn(ends ? FloorWh(i, s, s == last) / 1000.0 : 0, x.CapacityWh[i] / 1000.0, 0);
                }
            }
        }
    }

    /// <summary>Sum over vehicles of the largest power of any stay, kW.</summary>
    private static double TotalKw(DispatchInstance x, int[] powerW)
    {
        double total = 0;
        for (int i = 0; i < x.VehicleCount; i++)
        {
            int peak = 0;
            for (int s = x.StayOffset[i]; s < x.StayOffset[i + 1]; s++) peak = Math.Max(peak, powerW[s]);
            total += peak / 1000.0;
        }
        return total;
    }

    private int FloorWh(int vehicle, int stay, bool last)
    {
        int floor = Math.Max(Fleet.NeededWh[stay], Fleet.TripWh[stay]);
        return last ? Math.Max(floor, Fleet.FinalMinWh[vehicle] + Fleet.TripWh[stay]) : floor;
    }

    private int Power(int limitW, int loadRow, double inLoad, int energyRow, double inEnergy, double cost)
    {
        if (limitW == 0) return -1;
        Entry(loadRow, inLoad);
        Entry(energyRow, inEnergy);
        EndColumn(0, limitW / 1000.0, cost);
        return Columns - 1;
    }

    private void Entry(int row, double value)
    {
        int at = Start[Columns + 1]++;
        Index[at] = row;
        Value[at] = value;
    }

    private void EndColumn(double lower, double upper, double cost)
    {
        Lower[Columns] = lower;
        Upper[Columns] = upper;
        Cost[Columns] = cost;
        Columns++;
        if (Columns + 1 < Start.Length) Start[Columns + 1] = Start[Columns];
    }
}
