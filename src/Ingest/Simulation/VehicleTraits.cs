using Movc.Domain.Events;
using Movc.Domain.Fleet;

namespace Movc.Ingest.Simulation;

/// <summary>What a vehicle is and where it belongs, fixed for the whole run: 28 bytes, read together whenever the vehicle moves.</summary>
internal struct VehicleTraits
{
    public int HomeLatitudeE7;
    public int HomeLongitudeE7;
    public int AwayLatitudeE7;
    public int AwayLongitudeE7;

    /// <summary>Energy of one way, Wh.</summary>
    public int TripWh;

    /// <summary>Time of one way, seconds.</summary>
    public int TripSeconds;

    /// <summary>Index into the fleet mix.</summary>
    public byte Model;

    public V2gStrategy Consent;

    /// <summary>Work, or Other for the outing of a vehicle without a workplace.</summary>
    public PlaceKind Away;

    /// <summary>Whether the vehicle is plugged in away from home too: VWS alone.</summary>
    public readonly bool PlugsInAway => Consent == V2gStrategy.WhenStaying;
}
