using System.Collections.Concurrent;
using Movc.Domain.Dispatch;

namespace Movc.RollingOptimizer.Solver;

/// <summary>
/// The implicit plan of a large fleet: the price ranks of each round and the round of each vehicle. A schedule is computed again
/// when it is asked for, by the same kernel, and is exactly the one that was summed. The vehicles of the tail have the complement of
/// their row in place of a round. Safe for several threads.
/// </summary>
internal sealed class RoundSchedules(PreparedFleet fleet, List<PriceRanks> rounds, int[] roundOfVehicle, DenseSchedules? tail) : IScheduleSource
{
    private readonly ConcurrentBag<VehicleKernel> _kernels = [];

    public void Expand(int vehicle, Span<double> powerKw)
    {
        if (powerKw.Length != fleet.Slots) throw new ArgumentException($"a schedule has {fleet.Slots} slots, the span {powerKw.Length}", nameof(powerKw));
        if (roundOfVehicle[vehicle] < 0)
        {
            tail!.Expand(~roundOfVehicle[vehicle], powerKw);
            return;
        }
        if (!_kernels.TryTake(out VehicleKernel? kernel)) kernel = new VehicleKernel(fleet);
        PriceRanks ranks = rounds[roundOfVehicle[vehicle]];
        DispatchInstance x = fleet.Instance;
        double perCharge = 1000.0 * fleet.Units.PerChargeWatt, perDischarge = 1000.0 * fleet.Units.PerDischargeWatt;
        kernel.Run(ranks, vehicle);
        powerKw.Clear();
        ReadOnlySpan<ushort> chargeRank = ranks.Charge, dischargeRank = ranks.Discharge;
        for (int s = x.StayOffset[vehicle]; s < x.StayOffset[vehicle + 1]; s++)
        {
            long limit = (long)x.MaxChargeW[s] * fleet.Units.PerChargeWatt;
            for (int t = x.StartSlot[s]; t < x.EndSlot[s]; t++)
                powerKw[t] = (limit - kernel.Taken[chargeRank[t]]) / perCharge - kernel.Taken[dischargeRank[t]] / perDischarge;
        }
        kernel.Clear();
        _kernels.Add(kernel);
    }

    /// <summary>What a stored plan keeps: the ranks of each round.</summary>
    internal List<PriceRanks> Rounds => rounds;

    /// <summary>What a stored plan keeps: the round of each vehicle; negative where it has none.</summary>
    internal int[] RoundOfVehicle => roundOfVehicle;
}
