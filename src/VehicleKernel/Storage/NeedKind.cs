namespace Movc.VehicleKernel.Storage;

/// <summary>What of a vehicle can be out of reach.</summary>
public enum NeedKind : byte
{
    /// <summary>The floor at a departure.</summary>
    Departure = 0,

    /// <summary>The trip after a stay takes more than can be stored.</summary>
    Trip = 1,

    /// <summary>The floor at the end of the horizon.</summary>
    Final = 2,
}
