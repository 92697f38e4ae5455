using Movc.Domain.Dispatch;
using Movc.Domain.Flexibility;

namespace Movc.RollingOptimizer.Flexibility;

/// <summary>What a problem's vehicles can take off a plan of it in a window.</summary>
/// <param name="Deliverable">Whether what was asked can be had.</param>
/// <param name="MostKw">Certified: more no schedule delivers throughout, kW.</param>
/// <param name="Vehicle">Vehicles that were planned anew, rising; the others keep to the plan. Empty where no schedule was sought.</param>
/// <param name="Schedules">Theirs, by their place in <paramref name="Vehicle"/>; null where none was sought.</param>
/// <param name="DeliveredKw">What is taken off, kW of each slot of the window.</param>
/// <param name="CostKw">How much the objective grows, kW.</param>
/// <param name="BoundKw">Certified: by at least so much with any schedule that delivers it, kW.</param>
/// <param name="DischargedKwh">Energy that vehicles give to the grid beyond the plan, within its horizon, kWh.</param>
internal sealed record Delivery(
    Deliverable Deliverable, double MostKw, int[] Vehicle, IScheduleSource? Schedules, double[] DeliveredKw, double CostKw, double BoundKw, double DischargedKwh)
{
    /// <summary>None is possible.</summary>
    public static Delivery None(double mostKw) => new(Deliverable.No, mostKw, [], null, [], double.NaN, double.NaN, double.NaN);
}
