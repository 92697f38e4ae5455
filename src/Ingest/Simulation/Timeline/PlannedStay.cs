using Movc.Domain.Charging;
using Movc.Domain.Events;

namespace Movc.Ingest.Simulation.Timeline;

/// <summary>One stay of one vehicle, to the second: 36 bytes, read together when it begins and when it ends.</summary>
internal struct PlannedStay
{
    /// <summary><see cref="DepartS"/> of a stay whose end lies weeks beyond.</summary>
    public const int Unknown = int.MaxValue;

    public int Vehicle;

    /// <summary>Seconds since the simulation's slot 0.</summary>
    public int ArriveS;

    /// <summary>Seconds since the simulation's slot 0, or <see cref="Unknown"/>.</summary>
    public int DepartS;

    /// <summary>The departure that is declared on arrival, seconds since the simulation's slot 0.</summary>
    public int DeclaredS;

    /// <summary>Energy that the trip to it took, Wh.</summary>
    public int UsedWh;

    /// <summary>Stored energy on arrival under Charge Only, Wh.</summary>
    public int ArriveWh;

    /// <summary>Energy that its driver asks for at its end, Wh: of the trips until the next charging session, at most those of 24 hours.</summary>
    public int NeedWh;

    public int Region;

    public ChargingMode Mode;

    public PlaceKind Place;

    /// <summary>Whether its end is known on arrival: within a week.</summary>
    public bool Declares;
}
