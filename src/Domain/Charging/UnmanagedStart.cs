namespace Movc.Domain.Charging;

/// <summary>When a plugged-in vehicle that nobody dispatches draws its power.</summary>
public enum UnmanagedStart : byte
{
    /// <summary>From plug-in on.</summary>
    AtOnce = 0,

    /// <summary>In the cheapest hours of its stay by the city's home tariff, the earliest of equal ones; at once where there is no tariff.</summary>
    Cheapest = 1,
}
