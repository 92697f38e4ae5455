namespace Movc.RollingOptimizer.Plans;

/// <summary>What was expected of an interval before it came, kW; null where no plan was made so long before.</summary>
/// <param name="HourAheadKw">The city without its private EVs, as the plan of an hour before had it.</param>
/// <param name="DayAheadKw">The same a day before.</param>
/// <param name="PlannedKw">The city after dispatch, as the plan of an hour before had it.</param>
public readonly record struct ForeseenSlot(double? HourAheadKw, double? DayAheadKw, double? PlannedKw);
