using Movc.Domain.Dispatch;

namespace Movc.Audit;

/// <summary>
/// The prices and what they prove. For π ≥ −1 with Σ_day π = 0 and Σ_day max(0, π − 1) ≤ w·n (so |π| ≤ 1 where the peak has no
/// weight), Σ|y_t − A_day| + Σ_days w·n·(max y − A) ≥ Σ π_t·y_t for every A, so that Σ π_t·L_t + Σ_i v_i(π) lies under T times every
/// feasible objective (docs/math/objectives.md).
/// </summary>
internal static class Certificate
{
    private const int StretchVehicles = 512;

    /// <summary>Whether the prices are such that they prove anything.</summary>
    public static bool Check(DispatchInstance x, double[] prices, FindingLog log)
    {
        int past = x.PastLoadKw.Length;
        if (prices.Length != past + x.SlotCount)
        {
            log.Add(AuditFindingKind.WrongLength, $"there are {prices.Length} prices for {past} past and {x.SlotCount} planned slots");
            return false;
        }
        bool holds = true;
        var sum = new double[Days(x)];
        var slots = new int[sum.Length];
        var excess = new double[sum.Length];
        for (int k = 0; k < prices.Length; k++)
        {
            int day = k < past ? 0 : x.DayOfSlot[k - past];
            sum[day] += prices[k];
            slots[day]++;
            excess[day] += Math.Max(0, prices[k] - 1);
            double most = x.PeakWeight > 0 ? double.MaxValue : 1 + AuditTolerances.Price;
            if (prices[k] >= -1 - AuditTolerances.Price && prices[k] <= most) continue;
            holds = false;
            log.Add(AuditFindingKind.PriceOutOfRange, vehicle: null, k - past, $"the price {prices[k]:R} lies outside [-1, {(x.PeakWeight > 0 ? "any" : "1")}]");
        }
        for (int day = 0; day < sum.Length; day++)
        {
            double budget = x.PeakWeight * slots[day];
            if (x.PeakWeight > 0 && excess[day] > budget + (AuditTolerances.Price * slots[day]))
            {
                holds = false;
                log.Add(AuditFindingKind.PricePeakBudget, $"the prices of day {day} exceed 1 by {excess[day]:R} in all; its peak is worth {budget:R} slots");
            }
            // A day with a NaN in it was reported by its slot.
            if (!(Math.Abs(sum[day]) > AuditTolerances.Price * slots[day])) continue;
            holds = false;
            log.Add(AuditFindingKind.PriceDayUnbalanced, $"the {slots[day]} prices of day {day} sum to {sum[day]:R}, not to 0");
        }
        return holds;
    }

    /// <summary>The lower bound that the prices prove, kW with the 1/T.</summary>
    public static double BoundKw(DispatchInstance x, EffectiveNeeds needs, double[] prices)
    {
        int past = x.PastLoadKw.Length;
        // A day's prices sum to zero, so a constant may be taken off its loads: it keeps digits, and the rounding of that sum small.
        double[] level = DayMeans(x);
        double total = 0;
        for (int k = 0; k < past; k++) total += prices[k] * (x.PastLoadKw[k] - level[0]);
        for (int t = 0; t < x.SlotCount; t++) total += prices[past + t] * (x.LoadKw[t] - level[x.DayOfSlot[t]]);
        // Sums of fixed stretches in their order: the bound does not depend on how many processors there are.
        double[] price = prices[past..];
        var stretchTotal = new double[(x.VehicleCount + StretchVehicles - 1) / StretchVehicles];
        Parallel.For(0, stretchTotal.Length, () => new StorageProblem(x, needs, price), (stretch, _, problem) =>
        {
            int to = Math.Min(x.VehicleCount, (stretch + 1) * StretchVehicles);
            for (int i = stretch * StretchVehicles; i < to; i++) stretchTotal[stretch] += problem.Minimum(i);
            return problem;
        }, _ => { });
        foreach (double part in stretchTotal) total += part;
        return total / x.SlotCount;
    }

    /// <summary>Calendar days of the instance; a past without a horizon is still a day.</summary>
    public static int Days(DispatchInstance x) => x.SlotCount == 0 ? Math.Min(1, x.PastLoadKw.Length) : x.DayOfSlot[^1] + 1;

    private static double[] DayMeans(DispatchInstance x)
    {
        var sum = new double[Days(x)];
        var slots = new int[sum.Length];
        foreach (double loadKw in x.PastLoadKw) (sum[0], slots[0]) = (sum[0] + loadKw, slots[0] + 1);
        for (int t = 0; t < x.SlotCount; t++) (sum[x.DayOfSlot[t]], slots[x.DayOfSlot[t]]) = (sum[x.DayOfSlot[t]] + x.LoadKw[t], slots[x.DayOfSlot[t]] + 1);
        for (int day = 0; day < sum.Length; day++) sum[day] /= slots[day];
        return sum;
    }
}
