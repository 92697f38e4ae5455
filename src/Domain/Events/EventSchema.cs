namespace Movc.Domain.Events;

/// <summary>
/// What the bytes of a payload are: a type of event in one of its versions. Numbers are stored: never renumber, only append. An old
/// version is read for ever; the newest of a type is what is written.
/// </summary>
public enum EventSchema : byte
{
    None = 0,
    RegisteredV1 = 1,
    LocationReportedV1 = 2,
    DepartedV1 = 3,
    ArrivedV1 = 4,
    PluggedInV1 = 5,
    UnpluggedV1 = 6,
    EnergyMeteredV1 = 7,
    ConsentChangedV1 = 8,
    SetpointRejectedV1 = 9,
    SetpointTimedOutV1 = 10,
    SetpointNotFollowedV1 = 11,
    DeliveryReportedV1 = 12,
    DeliveryReportedV2 = 13,
}
