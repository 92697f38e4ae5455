using Movc.Domain.Charging;
using Movc.RollingOptimizer.Bundles;
using Movc.RollingOptimizer.Flexibility;
using Movc.RollingOptimizer.Setpoints;

namespace Movc.RollingOptimizer.Horizon;

/// <summary>How the rolling horizon runs.</summary>
/// <param name="Length">How far it looks.</param>
/// <param name="Seed">Seed of the solver's sample.</param>
/// <param name="StartMs">First interval of the twin, Unix milliseconds UTC: interval numbers count from it.</param>
/// <param name="StopMs">Boundary at which to stop: the interval before it is closed, none is planned.</param>
/// <param name="Unmanaged">How vehicles charge that nobody dispatches.</param>
/// <param name="GapWanted">Certified gap over which a plan is marked loose-gap.</param>
public sealed record HorizonOptions(HorizonLength Length, ulong Seed, long StartMs, long StopMs, UnmanagedCharging Unmanaged, double GapWanted = 0.01)
{
    /// <summary>What a plan owes to drivers.</summary>
    public HorizonPolicy Policy { get; init; } = new();

    /// <summary>Says before each plan which vehicles it may not use; null = nothing is masked.</summary>
    public IDispatchGate? Gate { get; init; }

    /// <summary>Districts of the city, 0 = it knows none.</summary>
    public int Districts { get; init; }

    /// <summary>Publishes plans as their prices; null = they are not.</summary>
    public BundlePublisher? Bundles { get; init; }

    /// <summary>Tells aggregators their vehicles in a plan; null = nobody asks.</summary>
    public PlanParts? Parts { get; init; }

    /// <summary>Answers what vehicles can do beyond the plan; null = nobody asks.</summary>
    public FlexibilityDesk? Flexibility { get; init; }

    /// <summary>Wall time from the fleet to its plan over which a plan counts as late; null = it cannot be late, as in a run as fast as it goes.</summary>
    public Func<TimeSpan?> LateAfter { get; init; } = () => null;
}
