using System.Collections.Concurrent;
using Movc.Domain.Dispatch;
using Movc.RollingOptimizer.Solver;

namespace Movc.RollingOptimizer.Model;

/// <summary>A plan that was read: schedules come from the kernel and the stored rounds, or from a stored row. Safe for several threads.</summary>
internal sealed class StoredRounds(PreparedFleet fleet, List<PriceRanks> rounds, int[] roundOf, double[][] rowKw) : IScheduleSource
{
    private readonly ConcurrentBag<VehicleKernel> _kernels = [];

    public void Expand(int vehicle, Span<double> powerKw)
    {
        if (powerKw.Length != fleet.Slots) throw new ArgumentException($"a schedule has {fleet.Slots} slots, the span {powerKw.Length}", nameof(powerKw));
        int round = roundOf[vehicle];
        if (round < 0)
        {
            rowKw[~round].CopyTo(powerKw);
            return;
        }
        if (!_kernels.TryTake(out VehicleKernel? kernel)) kernel = new VehicleKernel(fleet);
        PriceRanks ranks = rounds[round];
        DispatchInstance x = fleet.Instance;
        double perCharge = 1000.0 * fleet.Units.PerChargeWatt, perDischarge = 1000.0 * fleet.Units.PerDischargeWatt;
        kernel.Run(ranks, vehicle);
        powerKw.Clear();
        for (int s = x.StayOffset[vehicle]; s < x.StayOffset[vehicle + 1]; s++)
        {
            long limit = (long)x.MaxChargeW[s] * fleet.Units.PerChargeWatt;
            for (int t = x.StartSlot[s]; t < x.EndSlot[s]; t++)
                powerKw[t] = (limit - kernel.Taken[ranks.Charge[t]]) / perCharge - kernel.Taken[ranks.Discharge[t]] / perDischarge;
        }
        kernel.Clear();
        _kernels.Add(kernel);
    }
}
