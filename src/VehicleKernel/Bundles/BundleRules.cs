using System.Text;
using Movc.VehicleKernel.Storage;

namespace Movc.VehicleKernel.Bundles;

/// <summary>What must hold among the parts of a bundle for it to be a plan at all.</summary>
internal static class BundleRules
{
    /// <summary>Most numbers in rows: 128 MB of them.</summary>
    public const int MostRowNumbers = 1 << 25;

    /// <summary>Most ranks in rounds.</summary>
    public const long MostRanks = 1 << 26;

    /// <exception cref="ArgumentException">Something does not fit.</exception>
    public static void ThrowIfBroken(PlanBundle b)
    {
        int slots = b.Slots, past = b.PastSlots;
        Demand(Encoding.UTF8.GetByteCount(b.Id) is >= 1 and <= PlanBundle.MaxIdBytes, $"an id of 1 to {PlanBundle.MaxIdBytes} bytes");
        Demand(slots is >= 1 and <= PlanBundle.MaxSlots && past <= PlanBundle.MaxSlots, $"a horizon of 1 to {PlanBundle.MaxSlots} slots");
        Demand(b.VehicleCount >= 0 && b.LoweredNeeds >= 0 && b.Status <= 3, "counts of 0 or more and a status of 0 to 3");
        Demand(b.AfterKw.Length == slots && b.DayOfSlot.Length == slots && b.Prices.Length == past + slots, "as many days and loads as slots, and as many prices as past slots and slots");
        Demand(b.SlotHours is > 0 and <= 24 && b.Efficiency is > 0 and <= 1 && b.Lambda is >= 0 and < 1e6 && b.PeakWeight is >= 0 and < 1, "slot length, efficiency, lambda and peak weight in their ranges");
        Demand(Finite(b.Prices) && Finite(b.LoadKw) && Finite(b.AfterKw) && Finite(b.PastLoadKw) && double.IsFinite(b.ObjectiveKw) && double.IsFinite(b.BoundKw), "finite prices, loads, objective and bound");
        Demand(Positive(b.Units.PerWh) && Positive(b.Units.PerChargeWatt) && Positive(b.Units.PerDischargeWatt), "an energy unit over 0");
        for (int t = 0; t < slots; t++) Demand(b.DayOfSlot[t] - (t == 0 ? 0 : b.DayOfSlot[t - 1]) is 0 or 1 && b.DayOfSlot[0] == 0, "days from 0 that follow one another");
        Demand(b.Blocks.Count == b.Rounds.Count && (long)b.Rounds.Count * 2 * slots <= MostRanks, "one block a round, and no more rounds than can be held");
        long answered = 0;
        foreach (int block in b.Blocks)
        {
            Demand(block > 0, "a vehicle or more in each block");
            answered += block;
        }
        Demand((b.VehicleCount - answered) * slots == b.Rows.Length && b.Rows.Length <= MostRowNumbers, "a round or a row for each vehicle");
    }

    private static bool Positive(int unit) => unit is > 0 and <= EnergyUnits.Limit;

    private static bool Finite(double[] values) => Array.TrueForAll(values, double.IsFinite);

    private static void Demand(bool holds, string rule)
    {
#pragma warning disable MA0015 // The message names the part.
        if (!holds) throw new ArgumentException($"a bundle needs {rule}");
#pragma warning restore MA0015
    }
}
