namespace Movc.Ingest.Simulation.Parameters;

/// <summary>One district of the city (model.md §1).</summary>
/// <param name="Name">English name.</param>
/// <param name="AreaKm2">Area, km².</param>
/// <param name="PopulationMillions">Residents, millions.</param>
/// <param name="LongitudeDeg">Centroid, WGS84 degrees.</param>
/// <param name="LatitudeDeg">Centroid, WGS84 degrees.</param>
public sealed record DistrictParameters(string Name, double AreaKm2, double PopulationMillions, double LongitudeDeg, double LatitudeDeg);
