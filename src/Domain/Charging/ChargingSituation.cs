using Movc.Domain.Events;

namespace Movc.Domain.Charging;

/// <summary>What a driver knows on arrival.</summary>
public readonly ref struct ChargingSituation
{
    public required PlaceKind Place { get; init; }

    public required double CapacityKwh { get; init; }

    /// <summary>Stored energy, kWh.</summary>
    public required double EnergyKwh { get; init; }

    /// <summary>Energy of the next three trips, the one that ends this stay among them, kWh.</summary>
    public required double NextTripsKwh { get; init; }

    /// <summary>Slow (AC) power of the vehicle, at home as elsewhere, kW.</summary>
    public required double SlowKw { get; init; }

    /// <summary>Quick power that would be delivered, kW; 0 where there is none.</summary>
    public required double QuickKw { get; init; }

    /// <summary>First slot of the stay in its local day.</summary>
    public required int SlotOfDay { get; init; }

    /// <summary>Length of the stay, 1 or more.</summary>
    public required int Slots { get; init; }
}
