using Movc.Domain.Queries;

namespace Movc.RollingOptimizer.Plans;

/// <summary>A stored plan without what went out to vehicles.</summary>
/// <param name="View">The plan.</param>
/// <param name="WarmPrices">Prices that the next solve starts from.</param>
public sealed record PlanHead(PlanView View, double[] WarmPrices);
