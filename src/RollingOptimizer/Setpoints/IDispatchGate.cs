using Movc.Domain.Fleet;

namespace Movc.RollingOptimizer.Setpoints;

/// <summary>Says before each plan which vehicles it may not use and what districts may draw.</summary>
public interface IDispatchGate
{
    /// <summary>Looks at the fleet at a boundary.</summary>
    Task<DispatchOrders> BeginAsync(FleetSnapshot fleet, CancellationToken cancellationToken);
}
