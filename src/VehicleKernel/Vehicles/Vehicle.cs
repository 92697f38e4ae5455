namespace Movc.VehicleKernel.Vehicles;

/// <summary>One battery as a plan's snapshot saw it.</summary>
/// <param name="CapacityWh">Capacity, Wh, 0 or more.</param>
/// <param name="InitialWh">Stored energy at the start of slot 0, Wh, 0 to the capacity.</param>
/// <param name="FinalMinWh">Floor on the stored energy at the end of the horizon, Wh, 0 or more.</param>
public readonly record struct Vehicle(int CapacityWh, int InitialWh, int FinalMinWh);
