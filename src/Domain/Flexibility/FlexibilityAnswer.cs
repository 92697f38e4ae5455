namespace Movc.Domain.Flexibility;

/// <summary>What delivering costs, against the plan in force.</summary>
/// <param name="PlanId">The plan that it is held against.</param>
/// <param name="From">Begin of the first interval.</param>
/// <param name="To">End of the last.</param>
/// <param name="AskedMw">Load less than planned that was asked for, MW.</param>
/// <param name="Deliverable">Whether it can be had.</param>
/// <param name="MaxMw">Certified: more than this no schedule that keeps the promises can deliver throughout, MW.</param>
/// <param name="DeliveredMw">What the schedule found takes off the plan, MW of each interval; empty where none was sought.</param>
/// <param name="CostKw">How much the objective grows by it, kW (MOVC Eq. 15); null without a schedule.</param>
/// <param name="BoundKw">Certified: by at least so much it grows with any schedule that delivers it, kW.</param>
/// <param name="DischargedKwh">Energy that vehicles give to the grid beyond the plan, kWh, within its horizon; negative where it is less.</param>
/// <param name="CompensationRmb">What owners are paid for that, RMB (MOVC Eq. 14), at the mean rate of those at the plug; null where the city tells no rate.</param>
/// <param name="VehiclesTouched">Vehicles whose schedule changes.</param>
/// <param name="DeparturesTouched">Departures at which a vehicle leaves with less than by the plan; never with less than promised.</param>
/// <param name="TouchedSample">Vehicles that the two counts were made on; they are scaled up where that is not all.</param>
/// <param name="Vehicles">Vehicles of the plan.</param>
/// <param name="Seconds">Wall time, s.</param>
public sealed record FlexibilityAnswer(
    string PlanId, DateTimeOffset From, DateTimeOffset To, double AskedMw, Deliverable Deliverable, double MaxMw, IReadOnlyList<double> DeliveredMw, double? CostKw, double? BoundKw,
    double? DischargedKwh, double? CompensationRmb, int? VehiclesTouched, int? DeparturesTouched, int TouchedSample, int Vehicles, double Seconds);
