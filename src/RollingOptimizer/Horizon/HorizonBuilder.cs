using Movc.Domain.Charging;
using Movc.Domain.Dispatch;
using Movc.Domain.Fleet;
using Movc.Domain.Sources;
using Movc.Domain.Time;

namespace Movc.RollingOptimizer.Horizon;

/// <summary>
/// Makes an interval's dispatch problem from the fleet as it stands. Only what is known is used: vehicles plugged in now, until
/// the departure they declared. Each must leave with what Charge Only would have given it (satisfaction 1), so a dispatch never
/// costs a driver energy; a vehicle without consent or without a declared departure charges on its own.
/// </summary>
public sealed class HorizonBuilder(ICityLoad load, ICityCalendar calendar, UnmanagedCharging unmanaged, int slots, double peakWeight = 0)
{
    /// <summary>Builds the problem.</summary>
    /// <param name="fleet">The fleet at the first slot's start.</param>
    /// <param name="pastAfterKw">Load after dispatch of the present calendar day's slots already gone, kW, oldest first; may be empty.</param>
    public HorizonProblem Build(FleetSnapshot fleet, double[] pastAfterKw)
    {
        HorizonTariff? tariff = unmanaged.Tariff is { } clock ? new HorizonTariff(clock, fleet.AtMs, slots) : null;
        var chargeOnly = new ChargingCurve(fleet.AtMs, slots, tariff);
        var fixedAfter = new ChargingCurve(fleet.AtMs, slots, tariff);
        var baseline = new ChargingCurve(fleet.AtMs, slots, tariff);
        int capacity = fleet.PluggedCount;
        var columns = new Columns(capacity);
        for (int s = 0; s < fleet.Shards.Count; s++)
        {
            ShardSnapshot shard = fleet.Shards[s];
            for (int k = 0; k < shard.PluggedCount; k++)
            {
                int missingChargeOnly = shard.CapacityWh[k] - shard.ChargeOnlyEnergyWh[k];
                chargeOnly.Add(shard.UnmanagedW[k], missingChargeOnly, shard.UnmanagedStart[k], shard.DepartureMs[k]);
                int staySlots = (int)Math.Min(slots, (shard.DepartureMs[k] - fleet.AtMs) / Slots.Ms);
                if (shard.Consent[k] == V2gStrategy.ChargeOnly || shard.DepartureMs[k] == 0 || staySlots < 1)
                {
                    fixedAfter.Add(shard.UnmanagedW[k], shard.CapacityWh[k] - shard.EnergyWh[k], shard.UnmanagedStart[k], shard.DepartureMs[k]);
                    continue;
                }
                baseline.Add(shard.UnmanagedW[k], missingChargeOnly, shard.UnmanagedStart[k], shard.DepartureMs[k]);
                AddVehicle(columns, fixedAfter, shard, s, k, staySlots);
            }
        }
        return Assemble(fleet.AtMs, columns, chargeOnly.ToKw(), fixedAfter.ToKw(), baseline.ToKw(), pastAfterKw);
    }

    private void AddVehicle(Columns c, ChargingCurve fixedAfter, ShardSnapshot shard, int s, int k, int staySlots)
    {
        double chargeWhPerHour = DispatchParameters.Efficiency * shard.MaxChargeW[k];
        // Up to the departure, or to the horizon's end for a stay that the horizon cuts off.
        long untilMs = Math.Min(shard.DepartureMs[k], shard.AtMs + (slots * Slots.Ms));
        double promiseWh = Promise.Wh(shard, k, unmanaged, untilMs);
        double reachableWh = Math.Min(shard.CapacityWh[k], shard.EnergyWh[k] + (chargeWhPerHour * staySlots * Slots.Hours));
        int needWh = (int)Math.Min(promiseWh, reachableWh);
        bool cutByHorizon = staySlots == slots;
        // What the last, broken slot before the departure must still add.
        double restHours = ((untilMs - shard.AtMs) / 3_600_000.0) - (staySlots * Slots.Hours);
        if (!cutByHorizon)
            fixedAfter.AddInSlot(staySlots, Math.Clamp(promiseWh - reachableWh, 0, chargeWhPerHour * restHours) / DispatchParameters.Efficiency);
        int i = c.Count++;
        c.Shard[i] = s;
        c.Row[i] = k;
        c.CapacityWh[i] = shard.CapacityWh[k];
        c.InitialWh[i] = Math.Min(shard.EnergyWh[k], shard.CapacityWh[k]);
        c.FinalMinWh[i] = cutByHorizon ? needWh : 0;
        c.NeededWh[i] = cutByHorizon ? 0 : needWh;
        c.EndSlot[i] = staySlots;
        c.MaxChargeW[i] = shard.MaxChargeW[k];
        c.MaxDischargeW[i] = shard.MaxDischargeW[k];
    }

    private HorizonProblem Assemble(long atMs, Columns c, double[] chargeOnlyKw, double[] fixedAfterKw, double[] baselineKw, double[] pastAfterKw)
    {
        int n = c.Count;
        var original = new double[slots];
        var loadKw = new double[slots];
        var day = new int[slots];
        int firstDay = calendar.DayNumber(atMs);
        for (int t = 0; t < slots; t++)
        {
            long slotMs = atMs + (t * Slots.Ms);
            original[t] = load.LoadKw(slotMs);
            chargeOnlyKw[t] += original[t];
            loadKw[t] = original[t] + fixedAfterKw[t];
            day[t] = calendar.DayNumber(slotMs) - firstDay;
        }
        var instance = new DispatchInstance
        {
            CapacityWh = c.CapacityWh[..n],
            InitialWh = c.InitialWh[..n],
            FinalMinWh = c.FinalMinWh[..n],
            StayOffset = [.. Enumerable.Range(0, n + 1)],
            StartSlot = new int[n],
            EndSlot = c.EndSlot[..n],
            MaxChargeW = c.MaxChargeW[..n],
            MaxDischargeW = c.MaxDischargeW[..n],
            NeededAtDepartureWh = c.NeededWh[..n],
            TripWhAfter = new int[n],
            LoadKw = loadKw,
            BaselineEvKw = baselineKw,
            DayOfSlot = day,
            PastLoadKw = pastAfterKw,
            Efficiency = DispatchParameters.Efficiency,
            Lambda = DispatchParameters.Lambda,
            PeakWeight = peakWeight,
        };
        return new HorizonProblem(instance, c.Shard[..n], c.Row[..n], original, chargeOnlyKw);
    }

    private sealed class Columns(int capacity)
    {
        public int Count;
        public readonly int[] Shard = new int[capacity];
        public readonly int[] Row = new int[capacity];
        public readonly int[] CapacityWh = new int[capacity];
        public readonly int[] InitialWh = new int[capacity];
        public readonly int[] FinalMinWh = new int[capacity];
        public readonly int[] NeededWh = new int[capacity];
        public readonly int[] EndSlot = new int[capacity];
        public readonly int[] MaxChargeW = new int[capacity];
        public readonly int[] MaxDischargeW = new int[capacity];
    }
}
