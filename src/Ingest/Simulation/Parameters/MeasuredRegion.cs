namespace Movc.Ingest.Simulation.Parameters;

/// <summary>A stay region found in trajectories.</summary>
/// <param name="LongitudeDeg">Of its middle, WGS84.</param>
/// <param name="LatitudeDeg">Of its middle, WGS84.</param>
/// <param name="District">Index of its district.</param>
/// <param name="Popularity">Weight as a destination, over 0, any scale.</param>
/// <param name="Homes">Weight as a home within its district, 0 or more.</param>
public sealed record MeasuredRegion(double LongitudeDeg, double LatitudeDeg, int District, double Popularity, double Homes);
