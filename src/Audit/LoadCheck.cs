using Movc.Domain.Dispatch;

namespace Movc.Audit;

/// <summary>The load after dispatch and the objective (MOVC Eq. 15).</summary>
internal static class LoadCheck
{
    /// <summary>
    /// Σ over past and planned slots of |load − level of its day|, and for each day w·n times the height of its highest load over that
    /// level, kW, at the level that makes the day's sum least.
    /// </summary>
    public static double ImbalanceKw(DispatchInstance x, ReadOnlySpan<double> afterKw)
    {
        double total = 0;
        var day = new List<double>(x.PastLoadKw);
        for (int t = 0; t < afterKw.Length; t++)
        {
            if (t > 0 && x.DayOfSlot[t] != x.DayOfSlot[t - 1])
            {
                total += AroundLevel(day, x.PeakWeight);
                day.Clear();
            }
            day.Add(afterKw[t]);
        }
        return total + AroundLevel(day, x.PeakWeight);
    }

    private static double AroundLevel(List<double> loads, double peakWeight)
    {
        if (loads.Count == 0) return 0;
        loads.Sort();
        // Convex and piecewise linear in the level with its kinks at the loads: least at one of them, and rising from there on.
        double least = double.PositiveInfinity;
        foreach (double level in loads)
        {
            double sum = peakWeight * loads.Count * (loads[^1] - level);
            foreach (double load in loads) sum += Math.Abs(load - level);
            // Rounding lets equal loads differ a little; only a clear rise is one.
            if (sum > least * (1 + 1e-6)) break;
            least = Math.Min(least, sum);
        }
        return least;
    }

    /// <summary>Compares the claimed load with load + schedules, all vehicles replayed.</summary>
    public static void Compare(DispatchInstance x, ReadOnlySpan<double> netKw, double[] claimedKw, FindingLog log)
    {
        for (int t = 0; t < netKw.Length; t++)
        {
            double afterKw = x.LoadKw[t] + netKw[t];
            if (!double.IsFinite(claimedKw[t]))
                log.Add(AuditFindingKind.NotFinite, vehicle: null, t, $"the load after dispatch is {claimedKw[t]} kW");
            else if (!(Math.Abs(claimedKw[t] - afterKw) <= AuditTolerances.OfLoad(x.LoadKw[t])))
                log.Add(AuditFindingKind.AfterLoadDiffers, vehicle: null, t, $"the load after dispatch is given as {claimedKw[t]:0.######} kW; load and schedules come to {afterKw:0.######} kW");
        }
    }

    /// <summary>What can be said of a claimed load without the schedules: it differs from the load by no more than the plugged power.</summary>
    /// <returns>Whether every value is finite.</returns>
    public static bool CompareWithLimits(DispatchInstance x, double[] claimedKw, FindingLog log)
    {
        var chargeW = new long[x.SlotCount + 1];
        var dischargeW = new long[x.SlotCount + 1];
        for (int s = 0; s < x.StartSlot.Length; s++)
        {
            chargeW[x.StartSlot[s]] += x.MaxChargeW[s];
            chargeW[x.EndSlot[s]] -= x.MaxChargeW[s];
            dischargeW[x.StartSlot[s]] += x.MaxDischargeW[s];
            dischargeW[x.EndSlot[s]] -= x.MaxDischargeW[s];
        }
        bool finite = true;
        long mostInW = 0, mostOutW = 0;
        for (int t = 0; t < x.SlotCount; t++)
        {
            mostInW += chargeW[t];
            mostOutW += dischargeW[t];
            double netKw = claimedKw[t] - x.LoadKw[t], slackKw = AuditTolerances.OfLoad(x.LoadKw[t]);
            if (!double.IsFinite(claimedKw[t]))
            {
                finite = false;
                log.Add(AuditFindingKind.NotFinite, vehicle: null, t, $"the load after dispatch is {claimedKw[t]} kW");
            }
            else if (netKw > mostInW / 1000.0 + slackKw || netKw < -mostOutW / 1000.0 - slackKw)
            {
                log.Add(AuditFindingKind.AfterLoadDiffers, vehicle: null, t,
                    $"the vehicles are said to take {netKw:0.###} kW; those plugged in can take {-mostOutW / 1000.0:0.###} to {mostInW / 1000.0:0.###} kW");
            }
        }
        return finite;
    }
}
