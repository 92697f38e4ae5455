using Movc.Domain.Dispatch;
using Movc.Domain.Queries;

namespace Movc.RollingOptimizer.Plans;

/// <summary>A plan as the plan store keeps it: what people read, what the next solve starts from, what went out.</summary>
/// <param name="View">The plan.</param>
/// <param name="WarmPrices">Prices that the next solve starts from.</param>
/// <param name="Setpoints">One batch a shard.</param>
/// <param name="VehicleIds">Ids of each batch's vehicles, so that a batch can be sent again after a restart.</param>
public sealed record StoredPlan(
    PlanView View, double[] WarmPrices, IReadOnlyList<SetpointBatch> Setpoints, IReadOnlyList<string[]> VehicleIds);
