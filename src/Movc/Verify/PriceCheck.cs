using System.Globalization;
using Movc.VehicleKernel.Bundles;

namespace Movc.Verify;

/// <summary>Whether a bundle's prices are such that they prove anything (docs/math/objectives.md): needs no instance.</summary>
internal static class PriceCheck
{
    // As the audit allows: rounding of a day's sum, per slot.
    private const double Tolerance = 1e-9;

    public static VerifyDocument.Check Of(PlanBundle plan)
    {
        int past = plan.PastSlots, days = plan.DayOfSlot[^1] + 1;
        double[] sum = new double[days], excess = new double[days];
        int[] slots = new int[days];
        for (int k = 0; k < plan.Prices.Length; k++)
        {
            int day = k < past ? 0 : plan.DayOfSlot[k - past];
            double price = plan.Prices[k];
            sum[day] += price;
            slots[day]++;
            excess[day] += Math.Max(0, price - 1);
            if (price < -1 - Tolerance || (plan.PeakWeight == 0 && price > 1 + Tolerance))
                return Failed($"{(plan.PeakWeight == 0 ? "-1 to 1" : "-1 or more")}", $"{price:R} in slot {k - past}", $"a price out of range");
        }
        for (int day = 0; day < days; day++)
        {
            if (Math.Abs(sum[day]) > Tolerance * slots[day]) return Failed($"0", $"{sum[day]:R}", $"the prices of day {day} do not add up to 0");
            double budget = plan.PeakWeight * slots[day];
            if (plan.PeakWeight > 0 && excess[day] > budget + (Tolerance * slots[day])) return Failed($"at most {budget:R}", $"{excess[day]:R}", $"the prices of day {day} exceed 1 by more than its peak is worth");
        }
        if (plan.BoundKw > plan.ObjectiveKw + (1e-6 * Math.Max(1, Math.Abs(plan.ObjectiveKw)))) return Failed($"at most the objective {plan.ObjectiveKw:R} kW", $"{plan.BoundKw:R} kW", $"the bound lies over the objective");
        string range = plan.PeakWeight == 0 ? "within [-1, 1]" : "-1 or more, over 1 within the peak's worth";
        return new VerifyDocument.Check("prices", CheckOutcome.Ok, null, null, string.Create(CultureInfo.InvariantCulture, $"{plan.Prices.Length} prices {range}; each of {days} days adds up to 0"));
    }

    private static VerifyDocument.Check Failed(FormattableString expected, FormattableString found, FormattableString note) =>
        new("prices", CheckOutcome.Failed, FormattableString.Invariant(expected), FormattableString.Invariant(found), FormattableString.Invariant(note));
}
