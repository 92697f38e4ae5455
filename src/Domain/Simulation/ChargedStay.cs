using Movc.Domain.Charging;

namespace Movc.Domain.Simulation;

/// <summary>What Charge Only makes of a stay.</summary>
public struct ChargedStay
{
    public ChargingMode Mode;

    /// <summary>Stored energy on arrival, kWh.</summary>
    public double ArriveKwh;

    /// <summary>Stored energy on leaving, kWh.</summary>
    public double DepartKwh;

    /// <summary>Energy that the trip after the stay takes, kWh; trimmed to what is stored.</summary>
    public double TripKwh;
}
