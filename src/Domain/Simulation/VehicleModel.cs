namespace Movc.Domain.Simulation;

/// <summary>A model of vehicle.</summary>
/// <param name="Name">For people.</param>
/// <param name="CapacityKwh">Usable battery, kWh, over 0.</param>
/// <param name="SlowKw">AC power, kW, over 0.</param>
/// <param name="QuickKw">DC power as delivered, kW; 0 where the model cannot.</param>
/// <param name="Share">Weight in the fleet, 0 or more.</param>
public sealed record VehicleModel(string Name, double CapacityKwh, double SlowKw, double QuickKw, double Share);
