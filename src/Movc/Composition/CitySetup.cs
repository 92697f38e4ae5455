using Movc.Domain.Fleet;
using Movc.Domain.Sources;
using Movc.Domain.Time;
using Movc.Domain.Willingness;

namespace Movc.Composition;

/// <summary>What a run is about, whoever made it: a simulator, files.</summary>
/// <param name="City">Name for people.</param>
/// <param name="Source">What the vehicles do.</param>
/// <param name="Load">The city's load.</param>
/// <param name="Calendar">City time.</param>
/// <param name="Model">What the twin reckons with between events.</param>
/// <param name="Assumptions">Printable lines with their source marks.</param>
/// <param name="Variant">What else must agree for stored data to be resumed.</param>
internal sealed record CitySetup(
    string City, IVehicleEventSource Source, ICityLoad Load, ICityCalendar Calendar, FleetModel Model, IReadOnlyList<string> Assumptions, string Variant)
{
    /// <summary>What its journal stands on.</summary>
    public required CityGround Ground { get; init; }

    /// <summary>What owners are paid for a kWh that their vehicle gives to the grid; null = the city tells none.</summary>
    public IWillingness? Willingness { get; init; }

    /// <summary>Hands the source whom to tell what it prepares; null = its preparations take no time.</summary>
    public Action<Action<string>>? TellSteps { get; init; }
}
