namespace Movc.Domain.Fleet;

/// <summary>What a vehicle's owner lets the city do with it (MOVC Eqs. 12-14). Numbers are stored: never renumber.</summary>
public enum V2gStrategy : byte
{
    /// <summary>Charges on its own; takes part in no dispatch.</summary>
    ChargeOnly = 0,

    /// <summary>VWC: vehicle-to-grid within charging sessions only.</summary>
    WhenCharging = 1,

    /// <summary>VWS: vehicle-to-grid whenever the vehicle stays somewhere.</summary>
    WhenStaying = 2,
}
