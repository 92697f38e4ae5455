using Movc.Domain.Queries;
using Movc.Domain.Time;

namespace Movc.RollingOptimizer.Plans;

/// <summary>Holds what was foreseen against what came.</summary>
internal static class ForesightReport
{
    private const int HourSlots = 60 / Slots.Minutes;

    /// <param name="slots">Intervals that are over, one after the other without a hole, at least one.</param>
    /// <param name="forecaster">How the plan in force foresees.</param>
    public static ForesightView Of(ReadOnlySpan<RealizedSlot> slots, string forecaster)
    {
        RealizedSlot[] all = slots.ToArray();
        double[] original = Array.ConvertAll(all, s => s.OriginalKw), after = Array.ConvertAll(all, s => s.AfterKw);
        double?[] hour = Array.ConvertAll(all, s => s.Foreseen?.HourAheadKw), day = Array.ConvertAll(all, s => s.Foreseen?.DayAheadKw), planned = Array.ConvertAll(all, s => s.Foreseen?.PlannedKw);
        return new ForesightView(
            forecaster, DateTimeOffset.FromUnixTimeMilliseconds(all[0].AtMs), Slots.Minutes, original, hour, day, after, planned,
            Error(hour, original, HourSlots), Error(day, original, Slots.PerDay), Error(planned, after, HourSlots));
    }

    private static ForesightError Error(double?[] foreseen, double[] actual, int ahead)
    {
        int count = 0, naiveCount = 0;
        double sum = 0, naive = 0;
        for (int t = 0; t < actual.Length; t++)
        {
            if (foreseen[t] is not { } kw) continue;
            count++;
            sum += Math.Abs(kw - actual[t]);
            if (t < ahead) continue;
            naiveCount++;
            naive += Math.Abs(actual[t - ahead] - actual[t]);
        }
        return new ForesightError(count, count == 0 ? double.NaN : sum / count, naiveCount == 0 ? double.NaN : naive / naiveCount);
    }
}
