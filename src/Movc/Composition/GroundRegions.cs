using Movc.Domain.Places;

namespace Movc.Composition;

/// <summary>Stay regions of a ground, in columns of one length.</summary>
/// <param name="OriginLatitudeDeg">Reference point, WGS84.</param>
/// <param name="OriginLongitudeDeg">Reference point, WGS84.</param>
/// <param name="EastKm">Per region.</param>
/// <param name="NorthKm">Per region.</param>
/// <param name="District">Index of its district.</param>
internal sealed record GroundRegions(double OriginLatitudeDeg, double OriginLongitudeDeg, double[] EastKm, double[] NorthKm, int[] District)
{
    public static GroundRegions Of(StayRegions regions) => new(regions.OriginLatitudeDeg, regions.OriginLongitudeDeg, regions.EastKm, regions.NorthKm, regions.District);

    public StayRegions ToRegions(int districts) => new(OriginLatitudeDeg, OriginLongitudeDeg, EastKm, NorthKm, District, [.. EastKm.Select(_ => 1.0)], districts);
}
