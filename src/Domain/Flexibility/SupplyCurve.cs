namespace Movc.Domain.Flexibility;

/// <summary>How much load the city's vehicles can take off the plan from the next interval on, for how long and at what price.</summary>
/// <param name="PlanId">The plan that it is held against.</param>
/// <param name="From">When it would begin.</param>
/// <param name="SampleVehicles">Vehicles that it was worked out on, scaled up.</param>
/// <param name="Vehicles">Vehicles of the plan.</param>
/// <param name="Points">By duration, then rising power.</param>
public sealed record SupplyCurve(string PlanId, DateTimeOffset From, int SampleVehicles, int Vehicles, IReadOnlyList<SupplyPoint> Points);
