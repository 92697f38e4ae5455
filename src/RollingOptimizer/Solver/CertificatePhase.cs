using Movc.VehicleKernel.Storage;

namespace Movc.RollingOptimizer.Solver;

/// <summary>The lower bound that a lawful price vector proves: Σ π·L + Σ over vehicles of their exact optima under π (weak duality).</summary>
internal static class CertificatePhase
{
    private const int ChunkVehicles = 1024;

    /// <summary>The bound of the whole fleet, kW without the 1/T; sums are whole numbers, so no thread count changes it.</summary>
    public static double ValueKw(PreparedFleet fleet, DayGroups days, PriceLevels levels, double[] fixedKw, int threads, CancellationToken cancellationToken)
    {
        LevelKernel[] kernels = Run(fleet, levels, threads, cancellationToken);
        return Objective.PricedLoadKw(levels.Prices, fixedKw, days) + VehiclesKw(fleet, levels, fleet.Instance.Lambda, kernels);
    }

    /// <summary>What vehicles come to under prices and a weight of throughput, kW: the sum of their exact optima.</summary>
    /// <param name="lambda">Weight λ that <paramref name="levels"/> were ranked with.</param>
    public static double VehiclesKw(PreparedFleet fleet, PriceLevels levels, double lambda, int threads, CancellationToken cancellationToken) =>
        VehiclesKw(fleet, levels, lambda, Run(fleet, levels, threads, cancellationToken));

    /// <summary>The same of some vehicles.</summary>
    public static double VehiclesKw(PreparedFleet fleet, PriceLevels levels, double lambda, int[] vehicles)
    {
        var kernel = new LevelKernel(fleet.Columns, levels.Ranks, levels.LevelOfSlot, levels.RunStart);
        foreach (int i in vehicles) kernel.Run(i);
        return VehiclesKw(fleet, levels, lambda, [kernel]);
    }

    /// <summary>The bound of some vehicles against a load, kW without the 1/T.</summary>
    public static double ValueKw(PreparedFleet fleet, DayGroups days, PriceLevels levels, double[] fixedKw, int[] vehicles) =>
        Objective.PricedLoadKw(levels.Prices, fixedKw, days) + VehiclesKw(fleet, levels, fleet.Instance.Lambda, vehicles);

    private static LevelKernel[] Run(PreparedFleet fleet, PriceLevels levels, int threads, CancellationToken cancellationToken)
    {
        int chunks = (fleet.Count + ChunkVehicles - 1) / ChunkVehicles;
        int workers = Math.Max(1, Math.Min(threads, chunks));
        var kernels = new LevelKernel[workers];
        for (int w = 0; w < workers; w++) kernels[w] = new LevelKernel(fleet.Columns, levels.Ranks, levels.LevelOfSlot, levels.RunStart);
        int next = -1;
        Parallel.For(0, workers, new ParallelOptions { MaxDegreeOfParallelism = workers, CancellationToken = cancellationToken }, w =>
        {
            LevelKernel kernel = kernels[w];
            int chunk;
            while ((chunk = Interlocked.Increment(ref next)) < chunks && !cancellationToken.IsCancellationRequested)
            {
                int to = Math.Min(fleet.Count, (chunk + 1) * ChunkVehicles);
                for (int i = chunk * ChunkVehicles; i < to; i++) kernel.Run(i);
            }
        });
        cancellationToken.ThrowIfCancellationRequested();
        return kernels;
    }

    private static double VehiclesKw(PreparedFleet fleet, PriceLevels levels, double lambda, LevelKernel[] kernels)
    {
        int steps = levels.Price.Length;
        long[] charged = new long[steps], discharged = new long[steps];
        foreach (LevelKernel kernel in kernels) kernel.AddTo(charged, discharged);
        double vehiclesW = 0;
        for (int k = 0; k < steps; k++)
        {
            vehiclesW += (levels.Price[k] + lambda) * ((double)charged[k] / fleet.Units.PerChargeWatt)
                - (levels.Price[k] - lambda) * ((double)discharged[k] / fleet.Units.PerDischargeWatt);
        }
        return vehiclesW / 1000;
    }
}
