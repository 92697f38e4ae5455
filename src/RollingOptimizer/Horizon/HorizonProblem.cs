using Movc.Domain.Dispatch;

namespace Movc.RollingOptimizer.Horizon;

/// <summary>One interval's problem and how to read its answer.</summary>
/// <param name="Instance">The dispatch problem of the vehicles that take part.</param>
/// <param name="Shard">Position of each instance vehicle's shard in the snapshot.</param>
/// <param name="Row">Row of each instance vehicle in its shard's columns, rising; then, of each shard, those to which nothing can be sent now: negative.</param>
/// <param name="OriginalKw">The city without its private EVs, kW per slot.</param>
/// <param name="ChargeOnlyKw">The city with every vehicle known to be plugged in charging on its own, kW per slot.</param>
public sealed record HorizonProblem(DispatchInstance Instance, int[] Shard, int[] Row, double[] OriginalKw, double[] ChargeOnlyKw)
{
    /// <summary>Vehicles to which a setpoint can be sent now; the others are only reckoned with.</summary>
    public int Dispatched => Row.Count(row => row >= 0);
}
