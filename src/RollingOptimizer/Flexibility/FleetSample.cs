using Movc.Domain.Dispatch;

namespace Movc.RollingOptimizer.Flexibility;

/// <summary>Problems of some of a problem's vehicles.</summary>
internal static class FleetSample
{
    /// <summary>Every so-many-th vehicle, evenly over the fleet.</summary>
    /// <param name="count">Vehicles of the fleet.</param>
    /// <param name="atMost">How many to take at most.</param>
    public static int[] Evenly(int count, int atMost)
    {
        int size = Math.Min(count, atMost);
        return [.. Enumerable.Range(0, size).Select(k => (int)((long)k * count / size))];
    }

    /// <summary>The problem of some vehicles beside a load.</summary>
    /// <param name="x">The whole problem.</param>
    /// <param name="vehicle">Which, rising.</param>
    /// <param name="loadKw">The load beside them, kW per slot.</param>
    public static DispatchInstance Of(DispatchInstance x, int[] vehicle, double[] loadKw) =>
        (x with { VehicleIds = null }).OfVehicles(vehicle) with { LoadKw = loadKw };

    /// <summary>Some vehicles beside their share of the city's load: a small city like the large one.</summary>
    /// <param name="x">The whole problem.</param>
    /// <param name="atMost">Vehicles at most.</param>
    /// <returns>The small problem, and how many vehicles of the whole each of its stands for.</returns>
    public static (DispatchInstance Instance, double Scale) Scaled(DispatchInstance x, int atMost)
    {
        if (x.VehicleCount <= atMost) return (x, 1);
        double scale = (double)x.VehicleCount / atMost;
        double[] Share(double[] column) => Array.ConvertAll(column, kw => kw / scale);
        return (Of(x, Evenly(x.VehicleCount, atMost), Share(x.LoadKw)) with { BaselineEvKw = Share(x.BaselineEvKw), PastLoadKw = Share(x.PastLoadKw) }, scale);
    }
}
