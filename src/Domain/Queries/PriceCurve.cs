namespace Movc.Domain.Queries;

/// <summary>
/// Marginal prices π of a plan on one time axis: what a kW less in a slot is worth to the objective, dimensionless, −1 or more.
/// Each day's prices sum to zero; together they prove the plan's bound.
/// </summary>
/// <param name="StartAt">Start of the first slot.</param>
/// <param name="SlotMinutes">Length of a slot, min.</param>
/// <param name="PastSlots">How many of them, the first, were already over when the plan was made.</param>
/// <param name="Values">π of each slot.</param>
public sealed record PriceCurve(DateTimeOffset StartAt, int SlotMinutes, int PastSlots, IReadOnlyList<double> Values);
