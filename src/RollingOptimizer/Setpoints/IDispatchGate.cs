using Movc.Domain.Fleet;

namespace Movc.RollingOptimizer.Setpoints;

/// <summary>Says before each plan which vehicles it may not use.</summary>
public interface IDispatchGate
{
    /// <summary>Looks at the fleet at a boundary.</summary>
    /// <returns>What is masked, and why, in words; empty = nothing is.</returns>
    Task<(DispatchMask Mask, IReadOnlyList<string> Causes)> BeginAsync(FleetSnapshot fleet, CancellationToken cancellationToken);
}
