using Movc.Domain.Dispatch;
using Movc.VehicleKernel.Storage;

namespace Movc.RollingOptimizer.Solver.Tests;

/// <summary>What must hold of every result, whatever the instance.</summary>
internal static class CheckResult
{
    public static void Consistent(DispatchInstance x, DispatchResult result)
    {
        (double[] net, double[] throughput) = Replay.Everything(x, result);
        for (int t = 0; t < net.Length; t++) result.AfterKw[t].ShouldBe(x.LoadKw[t] + net[t], 1e-9 * (1 + Math.Abs(x.LoadKw[t])), $"slot {t}");
        result.ObjectiveKw.ShouldBe(Replay.ObjectiveKw(x, result.AfterKw, throughput), 1e-9 * (1 + result.ObjectiveKw));
        result.BoundKw.ShouldBeLessThanOrEqualTo(result.ObjectiveKw + 1e-9 * (1 + result.ObjectiveKw));
        LawfulPrices(x, result.Prices);
        result.WarmPrices.Length.ShouldBe(x.SlotCount);
        result.BoundKw.ShouldBe(BoundKw(x, result.Prices), 1e-9 * (1 + Math.Abs(result.BoundKw)));
    }

    public static void LawfulPrices(DispatchInstance x, double[] prices)
    {
        int past = x.PastLoadKw.Length;
        prices.Length.ShouldBe(past + x.SlotCount);
        foreach (int day in x.DayOfSlot.Distinct())
        {
            double[] ofDay = [.. prices.Where((_, e) => (e < past ? 0 : x.DayOfSlot[e - past]) == day)];
            ofDay.ShouldAllBe(p => p >= -1);
            double budget = x.PeakWeight * ofDay.Length;
            ofDay.Sum(p => Math.Max(0, p - 1)).ShouldBeLessThanOrEqualTo(budget * (1 + 1e-9), $"day {day}");
            Math.Abs(ofDay.Sum()).ShouldBeLessThanOrEqualTo(1e-12 * (1 + budget), $"day {day}");
        }
    }

    /// <summary>The bound from the prices alone, by the slot kernel, vehicle by vehicle.</summary>
    public static double BoundKw(DispatchInstance x, double[] prices)
    {
        PreparedFleet fleet = PreparedFleet.Prepare(x, 1);
        double[] slotPrices = prices[x.PastLoadKw.Length..];
        double total = 0;
        for (int e = 0; e < x.PastLoadKw.Length; e++) total += prices[e] * x.PastLoadKw[e];
        for (int t = 0; t < x.SlotCount; t++) total += slotPrices[t] * x.LoadKw[t];
        PriceRanks ranks = KernelAnswer.Rank(fleet, slotPrices);
        var kernel = new SlotKernel(fleet.Columns);
        for (int i = 0; i < x.VehicleCount; i++)
        {
            kernel.Run(ranks, i);
            for (int s = x.StayOffset[i]; s < x.StayOffset[i + 1]; s++)
            {
                for (int t = x.StartSlot[s]; t < x.EndSlot[s]; t++)
                {
                    double charge = x.MaxChargeW[s] - (double)kernel.Taken[ranks.Charge[t]] / fleet.Units.PerChargeWatt;
                    double discharge = (double)kernel.Taken[ranks.Discharge[t]] / fleet.Units.PerDischargeWatt;
                    Math.Min(charge, discharge).ShouldBe(0, $"vehicle {i} both charges and discharges in slot {t}");
                    total += ((slotPrices[t] + x.Lambda) * charge - (slotPrices[t] - x.Lambda) * discharge) / 1000;
                }
            }
            kernel.Clear();
        }
        return total / x.SlotCount;
    }
}
