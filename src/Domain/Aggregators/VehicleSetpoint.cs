namespace Movc.Domain.Aggregators;

/// <summary>A vehicle's newest setpoint.</summary>
/// <param name="Vehicle">Its id.</param>
/// <param name="Aggregator">Who passes it on.</param>
/// <param name="PlanId">The plan that it is of.</param>
/// <param name="At">When it takes effect.</param>
/// <param name="ValidUntil">When it ends; afterwards the vehicle does what it does on its own.</param>
/// <param name="PowerW">Power, W, charging positive.</param>
/// <param name="State">What became of it.</param>
public sealed record VehicleSetpoint(string Vehicle, string Aggregator, string PlanId, DateTimeOffset At, DateTimeOffset ValidUntil, int PowerW, SetpointOutcome State);
