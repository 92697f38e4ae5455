using Movc.Domain.Dispatch;

namespace Movc.RollingOptimizer.Solver.Tests;

/// <summary>Replays a plan in double precision against model.md §6, on the needs that the solver was left with.</summary>
internal static class Replay
{
    /// <summary>Sums every schedule and checks each; gives the load and the throughput, kW per slot.</summary>
    public static (double[] NetKw, double[] ThroughputKw) Everything(DispatchInstance x, DispatchResult result)
    {
        PreparedFleet prepared = PreparedFleet.Prepare(x, 1);
        double[] net = new double[x.SlotCount], throughput = new double[x.SlotCount], power = new double[x.SlotCount];
        for (int i = 0; i < x.VehicleCount; i++)
        {
            result.Schedules.Expand(i, power);
            Vehicle(x, prepared, i, power);
            ((int)Math.Truncate(1000 * power[0] + Math.Sign(power[0]) * 1e-6)).ShouldBe(result.FirstSlotPowerW[i], $"first slot of vehicle {i}");
            for (int t = 0; t < power.Length; t++)
            {
                net[t] += power[t];
                throughput[t] += Math.Abs(power[t]);
            }
        }
        return (net, throughput);
    }

    public static double ObjectiveKw(DispatchInstance x, double[] afterKw, double[] throughputKw)
    {
        double total = x.Lambda * throughputKw.Sum();
        foreach (int day in x.DayOfSlot.Distinct())
        {
            double[] load = [.. day == 0 ? x.PastLoadKw : [], .. afterKw.Where((_, t) => x.DayOfSlot[t] == day)];
            total += load.Min(level => load.Sum(l => Math.Abs(l - level)) + (x.PeakWeight * load.Length * (load.Max() - level)));
        }
        return total / x.SlotCount;
    }

    private static void Vehicle(DispatchInstance x, PreparedFleet prepared, int i, double[] powerKw)
    {
        const double toleranceWh = 1e-6;
        double energy = x.InitialWh[i];
        int t = 0;
        for (int s = x.StayOffset[i]; s < x.StayOffset[i + 1]; s++)
        {
            for (; t < x.StartSlot[s]; t++) powerKw[t].ShouldBe(0, $"vehicle {i} drives in slot {t}");
            for (; t < x.EndSlot[s]; t++)
            {
                double w = 1000 * powerKw[t];
                w.ShouldBeInRange(-x.MaxDischargeW[s] - 1e-9, x.MaxChargeW[s] + 1e-9, $"vehicle {i} slot {t}");
                energy += x.SlotHours * (w > 0 ? w * x.Efficiency : w / x.Efficiency);
                energy.ShouldBeInRange(-toleranceWh, x.CapacityWh[i] + toleranceWh, $"vehicle {i} slot {t}");
            }
            energy.ShouldBeGreaterThanOrEqualTo(prepared.NeededWh[s] - toleranceWh, $"vehicle {i} leaves at {t}");
            energy -= prepared.TripWh[s];
            energy.ShouldBeGreaterThanOrEqualTo(-toleranceWh, $"vehicle {i} drives from {t}");
        }
        for (; t < powerKw.Length; t++) powerKw[t].ShouldBe(0, $"vehicle {i} has left by slot {t}");
        energy.ShouldBeGreaterThanOrEqualTo(prepared.FinalMinWh[i] - toleranceWh, $"vehicle {i} at the end");
    }
}
