using Movc.Domain.Sources;
using Movc.Domain.Time;

namespace Movc.Composition;

/// <summary>What a run is about, whoever made it: a simulator, files.</summary>
/// <param name="City">Name for people.</param>
/// <param name="Source">What the vehicles do.</param>
/// <param name="Load">The city's load.</param>
/// <param name="Calendar">City time.</param>
/// <param name="Assumptions">Printable lines with their source marks.</param>
/// <param name="Variant">What else must agree for stored data to be resumed.</param>
internal sealed record CitySetup(
    string City, IVehicleEventSource Source, ICityLoad Load, ICityCalendar Calendar, IReadOnlyList<string> Assumptions, string Variant);
