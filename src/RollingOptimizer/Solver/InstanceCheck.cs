using System.Globalization;
using Movc.Domain;
using Movc.Domain.Dispatch;

namespace Movc.RollingOptimizer.Solver;

/// <summary>Refuses what is not a dispatch problem, naming what is wrong.</summary>
internal static class InstanceCheck
{
    /// <summary>Ranks of 2T + 1 price steps and two guards fit 16 bits.</summary>
    public const int MaxSlots = 32_000;

    /// <summary>The smallest λ, exclusive, at which charging and discharging never coincide: (1 − η²)/(1 + η²).</summary>
    public static double LambdaFloor(double efficiency) => (1 - efficiency * efficiency) / (1 + efficiency * efficiency);

    public static void Shape(DispatchInstance x)
    {
        int n = x.CapacityWh.Length, t = x.LoadKw.Length, s = x.StartSlot.Length;
        Length(x.InitialWh.Length, n, "InitialWh");
        Length(x.FinalMinWh.Length, n, "FinalMinWh");
        Length(x.StayOffset.Length, n + 1, "StayOffset");
        if (x.VehicleIds is not null) Length(x.VehicleIds.Count, n, "VehicleIds");
        Length(x.EndSlot.Length, s, "EndSlot");
        Length(x.MaxChargeW.Length, s, "MaxChargeW");
        Length(x.MaxDischargeW.Length, s, "MaxDischargeW");
        Length(x.NeededAtDepartureWh.Length, s, "NeededAtDepartureWh");
        Length(x.TripWhAfter.Length, s, "TripWhAfter");
        Length(x.BaselineEvKw.Length, t, "BaselineEvKw");
        Length(x.DayOfSlot.Length, t, "DayOfSlot");
        if (t == 0) throw new ArgumentException("the instance has no slot", nameof(x));
        if (t > MaxSlots) throw new InputException(Text($"instance: {t} slots, at most {MaxSlots} can be solved at once; shorten the horizon"));
        if (x.StayOffset[0] != 0 || x.StayOffset[n] != s) throw new ArgumentException(Text($"StayOffset runs from {x.StayOffset[0]} to {x.StayOffset[n]}, not from 0 to {s}"), nameof(x));

        if (!(x.Efficiency > 0 && x.Efficiency <= 1)) throw new InputException(Text($"instance: efficiency {x.Efficiency} is not over 0 and at most 1"));
        if (!(x.SlotHours > 0 && x.SlotHours <= 24)) throw new InputException(Text($"instance: a slot of {x.SlotHours} h is not over 0 and at most 24"));
        double floor = LambdaFloor(x.Efficiency);
        if (!(x.Lambda > floor + 1e-9 && x.Lambda < 1e6))
        {
            throw new InputException(Text(
                $"instance: lambda {x.Lambda} must exceed (1 - efficiency^2)/(1 + efficiency^2) = {floor:0.#####} so that no vehicle charges and discharges at once; raise it"));
        }
        if (!(x.PeakWeight >= 0 && x.PeakWeight < 1)) throw new InputException(Text($"instance: a peak weight of {x.PeakWeight} is not 0 or more and under 1; correct it"));
        Finite(x.LoadKw, "LoadKw");
        Finite(x.BaselineEvKw, "BaselineEvKw");
        Finite(x.PastLoadKw, "PastLoadKw");
        if (x.DayOfSlot[0] != 0) throw new InputException(Text($"instance: DayOfSlot starts at {x.DayOfSlot[0]}, not at 0"));
        for (int i = 1; i < t; i++)
        {
            if (x.DayOfSlot[i] - x.DayOfSlot[i - 1] is not (0 or 1))
                throw new InputException(Text($"instance: DayOfSlot goes from {x.DayOfSlot[i - 1]} to {x.DayOfSlot[i]} at slot {i}; days follow one another"));
        }
    }

    /// <summary>Checks limits on some of the vehicles.</summary>
    public static void Limits(DispatchInstance x)
    {
        if (x.Limits.Count == 0) return;
        var isLimited = new bool[x.VehicleCount];
        foreach (FleetLimit limit in x.Limits)
        {
            Length(limit.MaxKw.Length, x.SlotCount, $"MaxKw of limit {limit.Name}");
            Length(limit.MinKw.Length, x.SlotCount, $"MinKw of limit {limit.Name}");
            for (int t = 0; t < x.SlotCount; t++)
            {
                if (!(limit.MinKw[t] <= limit.MaxKw[t])) throw new InputException(Text($"instance: limit {limit.Name}: at slot {t} the least, {limit.MinKw[t]} kW, is over the most, {limit.MaxKw[t]} kW"));
            }
            int before = -1;
            foreach (int i in limit.Vehicle)
            {
                if (i <= before || i >= x.VehicleCount) throw new ArgumentException(Text($"limit {limit.Name}: vehicle {i} after {before} of {x.VehicleCount}; indices rise"), nameof(x));
                if (isLimited[i]) throw new InputException(Text($"instance: vehicle {Name(x, i)} is under two limits, the second {limit.Name}; put both into one"));
                (isLimited[i], before) = (true, i);
            }
        }
    }

    /// <summary>Checks one vehicle's row and its stays.</summary>
    public static void Vehicle(DispatchInstance x, int i)
    {
        int capacity = x.CapacityWh[i];
        if (capacity < 0 || x.InitialWh[i] < 0 || x.InitialWh[i] > capacity || x.FinalMinWh[i] < 0)
            throw new InputException($"instance: vehicle {Name(x, i)}: capacity {capacity} Wh, initial {x.InitialWh[i]} Wh, final floor {x.FinalMinWh[i]} Wh; the initial energy lies between 0 and the capacity and no figure is negative");
        int from = x.StayOffset[i], to = x.StayOffset[i + 1];
        if (from > to || to > x.StartSlot.Length || from < 0) throw new ArgumentException(Text($"StayOffset falls at vehicle {i}"), nameof(x));
        int free = 0;
        for (int s = from; s < to; s++)
        {
            int start = x.StartSlot[s], end = x.EndSlot[s];
            if (start < 0 || end > x.SlotCount || start >= end)
                throw new InputException(Text($"instance: vehicle {Name(x, i)}: stay {s - from} of slots [{start}, {end}) is empty or outside [0, {x.SlotCount})"));
            if (start < free)
                throw new InputException(Text($"instance: vehicle {Name(x, i)}: stay {s - from} starts at slot {start} before the one before ends at {free}; stays are in time order and do not overlap"));
            if (x.MaxChargeW[s] < 0 || x.MaxDischargeW[s] < 0 || x.NeededAtDepartureWh[s] < 0 || x.TripWhAfter[s] < 0)
                throw new InputException(Text($"instance: vehicle {Name(x, i)}: stay {s - from} has a negative power or energy"));
            free = end;
        }
    }

    public static string Name(DispatchInstance x, int i) => x.VehicleIds is null ? i.ToString(CultureInfo.InvariantCulture) : x.VehicleIds[i];

    private static void Length(int actual, int wanted, string column)
    {
        if (actual != wanted) throw new ArgumentException(Text($"{column} has {actual} entries, not {wanted}"), column);
    }

    private static void Finite(double[] column, string name)
    {
        for (int i = 0; i < column.Length; i++)
        {
            if (!double.IsFinite(column[i])) throw new InputException(Text($"instance: {name} at {i} is {column[i]}, not a finite number"));
        }
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
