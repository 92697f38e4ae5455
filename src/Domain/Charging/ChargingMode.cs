namespace Movc.Domain.Charging;

/// <summary>What a vehicle does at a stay before any dispatch (MOVC Eq. 3).</summary>
public enum ChargingMode : byte
{
    Park = 0,

    /// <summary>Slow charging at the vehicle's AC power, available everywhere.</summary>
    Slow = 1,

    /// <summary>Quick charging (QC), at Work and Other.</summary>
    Quick = 2,
}
