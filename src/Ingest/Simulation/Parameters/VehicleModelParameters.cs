namespace Movc.Ingest.Simulation.Parameters;

/// <summary>One vehicle model of the fleet mix (model.md §1).</summary>
/// <param name="Name">Trade name.</param>
/// <param name="CapacityWh">Battery, Wh.</param>
/// <param name="AcPowerW">Slow charging power, W.</param>
/// <param name="QuickPowerW">Quick charging power as delivered, W; 0 where the model cannot.</param>
/// <param name="Share">Share of the fleet, 0 to 1; the shares of a mix add up to 1.</param>
public sealed record VehicleModelParameters(string Name, int CapacityWh, int AcPowerW, int QuickPowerW, double Share);
