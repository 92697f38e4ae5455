using Movc.Domain.Places;

namespace Movc.Domain.Mobility;

/// <summary>TimeGeo, modified (MOVC Eqs. 1-2; model.md §3): hazards of leaving by a weekly rhythm, work as fixed blocks, exploration and preferential return.</summary>
public sealed class TimeGeo : IMobilityModel
{
    public TimeGeo(TimeGeoParameters parameters, StayRegions regions)
    {
        Parameters = parameters;
        Regions = regions;
        Destinations = new DestinationChoice(regions);
        HomesByDistrict = [.. Enumerable.Range(0, regions.DistrictCount).Select(d => Enumerable.Range(0, regions.Count).Where(r => regions.District[r] == d).ToArray())];
        double sum = 0;
        // A district without a region can be nobody's home.
        CumulatedDistrictWeights = [.. parameters.DistrictWeights.Select((w, d) => sum += HomesByDistrict[d].Length == 0 ? 0 : w)];
        if (!(sum > 0)) throw new ArgumentException("no district with a region has a weight", nameof(parameters));
    }

    public TimeGeoParameters Parameters { get; }

    public StayRegions Regions { get; }

    internal DestinationChoice Destinations { get; }

    internal int[][] HomesByDistrict { get; }

    internal double[] CumulatedDistrictWeights { get; }

    /// <inheritdoc/>
    public IMobilityWalker OpenWalker() => new TimeGeoWalker(this);
}
