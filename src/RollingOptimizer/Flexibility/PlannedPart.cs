using Movc.Domain.Dispatch;

namespace Movc.RollingOptimizer.Flexibility;

/// <summary>What a plan has some vehicles do, together.</summary>
/// <param name="NetKw">Charging less discharging, kW of each slot.</param>
/// <param name="ThroughputKw">Charging and discharging, summed over slots, kW.</param>
internal sealed record PlannedPart(double[] NetKw, double ThroughputKw)
{
    private const int Stretch = 512;

    /// <summary>Sums schedules; in fixed stretches, so that the sum does not depend on the processors.</summary>
    public static PlannedPart Of(IScheduleSource schedules, int[] vehicle, int slots, CancellationToken cancellationToken)
    {
        var parts = new (double[] Net, double Throughput)[(vehicle.Length + Stretch - 1) / Stretch];
        Parallel.For(0, parts.Length, new ParallelOptions { CancellationToken = cancellationToken }, p =>
        {
            var net = new double[slots];
            var power = new double[slots];
            double throughput = 0;
            for (int k = p * Stretch; k < Math.Min(vehicle.Length, (p + 1) * Stretch); k++)
            {
                schedules.Expand(vehicle[k], power);
                for (int t = 0; t < slots; t++)
                {
                    net[t] += power[t];
                    throughput += Math.Abs(power[t]);
                }
            }
            parts[p] = (net, throughput);
        });
        var sum = new double[slots];
        double all = 0;
        foreach ((double[] net, double throughput) in parts)
        {
            for (int t = 0; t < slots; t++) sum[t] += net[t];
            all += throughput;
        }
        return new PlannedPart(sum, all);
    }
}
