namespace Movc.Domain.Charging;

/// <summary>What people do on arrival: park, charge, or charge quickly. Pure; for several threads at once.</summary>
public interface IChargingChoice
{
    /// <param name="situation">What is known on arrival.</param>
    /// <param name="uniform">The draw that decides, in [0, 1).</param>
    ChargingMode Choose(in ChargingSituation situation, double uniform);

    /// <summary>Whether a session at the place waits for the cheapest slots of its stay instead of starting at once.</summary>
    bool WaitsForCheapest(Events.PlaceKind place);
}
