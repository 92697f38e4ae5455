using Movc.Domain.Dispatch;

namespace Movc.Audit.Tests;

/// <summary>Instances and plans that are right by construction: Charge Only schedules, and prices that any reader can balance by hand.</summary>
internal static class TestFleet
{
    /// <summary>Vehicles with two stays and a drive between, over two calendar days, the first begun before slot 0; needs and floors are Charge Only's.</summary>
    public static DispatchInstance Mixed(int vehicles, int seed, int slots = 36, int past = 5)
    {
        var random = new Random(seed);
        var x = new Columns();
        for (int i = 0; i < vehicles; i++)
        {
            int capacityWh = random.Next(26_500, 84_000), energyWh = random.Next(capacityWh / 4, capacityWh / 2);
            int leaves = random.Next(slots / 3, slots / 2), back = leaves + random.Next(1, 4);
            int tripWh = random.Next(500, 4_000), mostW = random.Next(2) == 0 ? 7_000 : 3_300;
            x.CapacityWh.Add(capacityWh);
            x.InitialWh.Add(energyWh);
            int atDeparture = (int)Math.Min(capacityWh, energyWh + (.9 * mostW / 6 * leaves));
            x.Stay(0, leaves, mostW, i % 3 == 0 ? 0 : mostW, Math.Min(atDeparture, tripWh + 2_000), tripWh);
            x.Stay(back, slots, mostW, mostW, 0, 0);
            x.FinalMinWh.Add((int)Math.Min(capacityWh, atDeparture - tripWh + (.9 * mostW / 6 * (slots - back))) * 9 / 10);
            x.StayOffset.Add(x.Start.Count);
        }
        double[] load = Enumerable.Range(0, slots).Select(t => vehicles * (30 + (8 * Math.Sin(t / 5.0)) + random.NextDouble())).ToArray();
        return x.Build(load, Enumerable.Range(0, slots).Select(t => t < slots / 2 ? 0 : 1).ToArray(),
            Enumerable.Range(0, past).Select(k => vehicles * (31.0 + k)).ToArray());
    }

    /// <summary>Charging at full power until full: always feasible, and simple enough to be believed.</summary>
    public static double[][] ChargeOnly(DispatchInstance x)
    {
        var schedules = new double[x.VehicleCount][];
        for (int i = 0; i < schedules.Length; i++)
        {
            schedules[i] = new double[x.SlotCount];
            double energyWh = x.InitialWh[i];
            for (int s = x.StayOffset[i]; s < x.StayOffset[i + 1]; s++)
            {
                for (int t = x.StartSlot[s]; t < x.EndSlot[s]; t++)
                {
                    double powerW = Math.Min(x.MaxChargeW[s], (x.CapacityWh[i] - energyWh) / (x.Efficiency * x.SlotHours));
                    schedules[i][t] = powerW / 1000;
                    energyWh += powerW * x.SlotHours * x.Efficiency;
                }
                energyWh -= x.TripWhAfter[s];
            }
        }
        return schedules;
    }

    /// <summary>Prices that lean against the load: ±level on the highest and lowest slots of each day, as many of one as of the other.</summary>
    public static double[] Prices(DispatchInstance x, double level)
    {
        int past = x.PastLoadKw.Length;
        double[] loads = [.. x.PastLoadKw, .. x.LoadKw];
        var prices = new double[loads.Length];
        foreach (var day in Enumerable.Range(0, loads.Length).GroupBy(k => k < past ? 0 : x.DayOfSlot[k - past]))
        {
            int[] byLoad = day.OrderBy(k => loads[k]).ToArray();
            for (int k = 0; k < byLoad.Length / 3; k++) (prices[byLoad[k]], prices[byLoad[^(k + 1)]]) = (-level, level);
        }
        return prices;
    }

    /// <summary>Objective of MOVC Eq. 15 with its peak term by definition: the best of all levels A that occur as a load of the day.</summary>
    public static double ObjectiveKw(DispatchInstance x, double[][] schedules)
    {
        int past = x.PastLoadKw.Length;
        double[] after = AfterKw(x, schedules), loads = [.. x.PastLoadKw, .. after];
        double total = x.Lambda * schedules.Sum(s => s.Sum(Math.Abs));
        foreach (var day in Enumerable.Range(0, loads.Length).GroupBy(k => k < past ? 0 : x.DayOfSlot[k - past]))
        {
            double peak = day.Max(k => loads[k]);
            total += day.Min(level => day.Sum(k => Math.Abs(loads[k] - loads[level])) + (x.PeakWeight * day.Count() * (peak - loads[level])));
        }
        return total / x.SlotCount;
    }

    public static double[] AfterKw(DispatchInstance x, double[][] schedules) =>
        Enumerable.Range(0, x.SlotCount).Select(t => x.LoadKw[t] + schedules.Sum(s => s[t])).ToArray();

    internal sealed class Columns
    {
        public List<int> CapacityWh { get; } = [];
        public List<int> InitialWh { get; } = [];
        public List<int> FinalMinWh { get; } = [];
        public List<int> StayOffset { get; } = [0];
        public List<int> Start { get; } = [];
        private readonly List<int> _end = [], _charge = [], _discharge = [], _need = [], _trip = [];

        public void Stay(int start, int end, int chargeW, int dischargeW, int needWh, int tripWh)
        {
            Start.Add(start);
            _end.Add(end);
            _charge.Add(chargeW);
            _discharge.Add(dischargeW);
            _need.Add(needWh);
            _trip.Add(tripWh);
        }

        public DispatchInstance Build(double[] loadKw, int[] dayOfSlot, double[] pastKw, double efficiency = .9, double lambda = .15, double slotHours = 1 / 6.0) => new()
        {
            CapacityWh = [.. CapacityWh], InitialWh = [.. InitialWh], FinalMinWh = [.. FinalMinWh], StayOffset = [.. StayOffset],
            StartSlot = [.. Start], EndSlot = [.. _end], MaxChargeW = [.. _charge], MaxDischargeW = [.. _discharge],
            NeededAtDepartureWh = [.. _need], TripWhAfter = [.. _trip],
            LoadKw = loadKw, BaselineEvKw = new double[loadKw.Length], DayOfSlot = dayOfSlot, PastLoadKw = pastKw,
            Efficiency = efficiency, Lambda = lambda, SlotHours = slotHours,
        };
    }
}
