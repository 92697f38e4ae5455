namespace Movc.Domain.Events;

/// <summary>What can happen to a vehicle; how it is written down is its <see cref="EventSchema"/>.</summary>
public enum VehicleEventType : byte
{
    /// <summary>The vehicle joined the twin; carries its battery, its stored energy and its consent.</summary>
    Registered = 1,
    LocationReported = 2,
    Departed = 3,
    Arrived = 4,
    PluggedIn = 5,
    Unplugged = 6,
    EnergyMetered = 7,
    ConsentChanged = 8,
    SetpointRejected = 9,
    SetpointTimedOut = 10,
    SetpointNotFollowed = 11,
    DeliveryReported = 12,
}
