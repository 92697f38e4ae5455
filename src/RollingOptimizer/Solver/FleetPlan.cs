using Movc.Domain.Dispatch;

namespace Movc.RollingOptimizer.Solver;

/// <summary>What every vehicle does, in sums and on demand.</summary>
/// <param name="Charged">Energy charged by the whole fleet per slot, units.</param>
/// <param name="Discharged">Energy discharged by the whole fleet per slot, units taken from the batteries.</param>
/// <param name="FirstSlotPowerW">Power of every vehicle in slot 0, W.</param>
internal sealed record FleetPlan(long[] Charged, long[] Discharged, int[] FirstSlotPowerW, IScheduleSource Schedules)
{
    /// <summary>The plan of a fleet all of which is kept as numbers.</summary>
    public static FleetPlan Of(DenseSchedules numbers) => new(numbers.Charged, numbers.Discharged, numbers.FirstSlotPowerW, numbers);

    /// <summary>The plan of a pass and of the vehicles it left out.</summary>
    public static FleetPlan Of(PreparedFleet fleet, FleetPhase pass, DenseSchedules? tail, int[] tailVehicles)
    {
        for (int row = 0; row < tailVehicles.Length; row++)
        {
            pass.RoundOfVehicle[tailVehicles[row]] = ~row;
            pass.FirstSlotPowerW[tailVehicles[row]] = tail!.FirstSlotPowerW[row];
        }
        for (int t = 0; tail is not null && t < fleet.Slots; t++)
        {
            pass.Charged[t] += tail.Charged[t];
            pass.Discharged[t] += tail.Discharged[t];
        }
        return new FleetPlan(pass.Charged, pass.Discharged, pass.FirstSlotPowerW, new RoundSchedules(fleet, pass.Rounds, pass.Blocks, pass.RoundOfVehicle, tail));
    }
}
