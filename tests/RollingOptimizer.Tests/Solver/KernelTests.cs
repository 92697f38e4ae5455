using Movc.Domain.Dispatch;
using Movc.RollingOptimizer.Model;
using Movc.VehicleKernel.Bundles;
using Movc.VehicleKernel.Storage;

namespace Movc.RollingOptimizer.Solver.Tests;

public sealed class KernelTests
{
    [Fact]
    public void The_kernel_is_as_cheap_as_a_dynamic_program_over_every_whole_unit_of_energy()
    {
        var random = new SplitMix64(11);
        for (int k = 0; k < 60; k++)
        {
            PreparedFleet fleet = PreparedFleet.Prepare(TinyProblems.Draw(ref random), 1);
            double[] prices = TinyProblems.Prices(ref random, fleet.Slots);
            double wanted = EveryPath.CheapestW(fleet, prices);
            KernelAnswer.Of(fleet, prices).CostW(prices, fleet.Instance.Lambda).ShouldBe(wanted, 1e-9 * (1 + Math.Abs(wanted)));
        }
    }

    [Fact]
    public void The_level_kernel_agrees_with_the_slot_kernel_when_prices_repeat()
    {
        var random = new SplitMix64(12);
        for (int k = 0; k < 200; k++)
        {
            PreparedFleet fleet = PreparedFleet.Prepare(TinyProblems.Draw(ref random), 1);
            double[] raw = TinyProblems.Prices(ref random, fleet.Slots);
            for (int t = 0; t < raw.Length; t++) raw[t] = Math.Round(2 * raw[t]) / 2;
            var days = new DayGroups(fleet.Instance);
            PriceLevels levels = PriceLevels.From(raw, days, 0, fleet.Instance.Lambda, fleet.Units);
            double bySlots = KernelAnswer.Of(fleet, levels.Prices).CostW(levels.Prices, fleet.Instance.Lambda);
            double byLevels = 1000 * CertificatePhase.ValueKw(fleet, days, levels, new double[days.Length], [0]);
            byLevels.ShouldBe(bySlots, 1e-9 * (1 + Math.Abs(bySlots)));
        }
    }

    [Fact]
    public void A_pass_allocates_nothing_however_many_vehicles_it_takes()
    {
        PreparedFleet fleet = PreparedFleet.Prepare(SyntheticFleet.Mixed(500, 144, 3), 1);
        var kernel = new SlotKernel(fleet.Columns);
        var random = new SplitMix64(4);
        PriceRanks ranks = KernelAnswer.Rank(fleet, TinyProblems.Prices(ref random, fleet.Slots));
        PriceLevels even = PriceLevels.From(new double[fleet.Slots], new DayGroups(fleet.Instance), 0, fleet.Instance.Lambda, fleet.Units);
        var levels = new LevelKernel(fleet.Columns, even.Ranks, even.LevelOfSlot, even.RunStart);
        var order = new ProcessOrder(fleet.Count, 1);
        kernel.Run(ranks, 0);
        levels.Run(0);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < fleet.Count; i++)
        {
            kernel.Run(ranks, order[i]);
            levels.Run(order[i]);
        }
        kernel.Clear();
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
    }
}

/// <summary>One vehicle's schedule as the kernel gives it.</summary>
internal sealed record KernelAnswer(double[] ChargeW, double[] DischargeW)
{
    public static PriceRanks Rank(PreparedFleet fleet, double[] prices)
    {
        int[] order = [.. Enumerable.Range(0, prices.Length).OrderByDescending(t => prices[t])];
        var ranks = new PriceRanks(prices.Length);
        ranks.Build(order, prices, fleet.Instance.Lambda, fleet.Units);
        return ranks;
    }

    public static KernelAnswer Of(PreparedFleet fleet, double[] prices)
    {
        PriceRanks ranks = Rank(fleet, prices);
        var kernel = new SlotKernel(fleet.Columns);
        kernel.Run(ranks, 0);
        double[] charge = new double[prices.Length], discharge = new double[prices.Length];
        long available = 0;
        for (int t = 0; t < prices.Length; t++)
        {
            available += kernel.AvailableSteps[t];
            charge[t] = available - (double)kernel.Taken[ranks.Charge[t]] / fleet.Units.PerChargeWatt;
            discharge[t] = (double)kernel.Taken[ranks.Discharge[t]] / fleet.Units.PerDischargeWatt;
        }
        return new KernelAnswer(charge, discharge);
    }

    public double CostW(double[] prices, double lambda)
    {
        double cost = 0;
        for (int t = 0; t < prices.Length; t++) cost += (prices[t] + lambda) * ChargeW[t] - (prices[t] - lambda) * DischargeW[t];
        return cost;
    }
}

/// <summary>A dynamic program over every whole unit of stored energy. Exact, because all lengths are whole units; independent of the kernel.</summary>
internal static class EveryPath
{
    public static double CheapestW(PreparedFleet fleet, double[] prices)
    {
        DispatchInstance x = fleet.Instance;
        EnergyUnits u = fleet.Units;
        int capacity = x.CapacityWh[0] * u.PerWh;
        double[] cost = new double[capacity + 1];
        for (int e = 0; e <= capacity; e++) cost[e] = e >= fleet.FinalMinWh[0] * u.PerWh ? 0 : double.PositiveInfinity;
        for (int s = x.StartSlot.Length - 1; s >= 0; s--)
        {
            int drain = fleet.TripWh[s] * u.PerWh, need = fleet.NeededWh[s] * u.PerWh;
            var before = new double[capacity + 1];
            for (int e = 0; e <= capacity; e++) before[e] = e >= need && e >= drain ? cost[e - drain] : double.PositiveInfinity;
            cost = before;
            for (int t = x.EndSlot[s] - 1; t >= x.StartSlot[s]; t--)
            {
                var now = new double[capacity + 1];
                int up = x.MaxChargeW[s] * u.PerChargeWatt, down = x.MaxDischargeW[s] * u.PerDischargeWatt;
                for (int e = 0; e <= capacity; e++)
                {
                    double best = double.PositiveInfinity;
                    for (int to = Math.Max(0, e - down); to <= Math.Min(capacity, e + up); to++)
                    {
                        double step = to >= e
                            ? (prices[t] + x.Lambda) * (to - e) / u.PerChargeWatt
                            : -(prices[t] - x.Lambda) * (e - to) / u.PerDischargeWatt;
                        best = Math.Min(best, step + cost[to]);
                    }
                    now[e] = best;
                }
                cost = now;
            }
        }
        return cost[x.InitialWh[0] * u.PerWh];
    }
}

/// <summary>Small random problems of one vehicle, small enough for a dynamic program.</summary>
internal static class TinyProblems
{
    public static double[] Prices(ref SplitMix64 random, int slots)
    {
        var prices = new double[slots];
        for (int t = 0; t < slots; t++) prices[t] = 2 * random.NextUnit() - 1;
        return prices;
    }

    public static DispatchInstance Draw(ref SplitMix64 random)
    {
        int slots = 4 + random.NextInt(9);
        // A slot of .9 h makes the unit small: 81/81, 100 per W at η = .9 and 90 units a Wh at an hour; one stands in for both.
        double slotHours = random.NextInt(2) == 0 ? 1 : .5;
        double efficiency = random.NextInt(3) switch { 0 => 1, 1 => .9, _ => .8 };
        int capacity = 1 + random.NextInt(8);
        List<int> start = [], end = [], charge = [], discharge = [], need = [], trip = [];
        int free = random.NextInt(2);
        while (free < slots)
        {
            int to = Math.Min(slots, free + 1 + random.NextInt(5));
            start.Add(free);
            end.Add(to);
            charge.Add(random.NextInt(4));
            discharge.Add(random.NextInt(4));
            bool cut = to == slots;
            need.Add(cut ? 0 : random.NextInt(capacity + 1));
            trip.Add(cut ? 0 : random.NextInt(3));
            free = to + random.NextInt(3);
        }
        int count = start.Count;
        return new DispatchInstance
        {
            CapacityWh = [capacity],
            InitialWh = [random.NextInt(capacity + 1)],
            FinalMinWh = [random.NextInt(capacity + 1)],
            StayOffset = [0, count],
            StartSlot = [.. start],
            EndSlot = [.. end],
            MaxChargeW = [.. charge],
            MaxDischargeW = [.. discharge],
            NeededAtDepartureWh = [.. need],
            TripWhAfter = [.. trip],
            LoadKw = new double[slots],
            BaselineEvKw = new double[slots],
            DayOfSlot = new int[slots],
            SlotHours = slotHours,
            Efficiency = efficiency,
            Lambda = InstanceCheck.LambdaFloor(efficiency) + .02 + .3 * random.NextUnit(),
        };
    }
}
