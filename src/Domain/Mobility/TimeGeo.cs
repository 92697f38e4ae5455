using Movc.Domain.Places;
using Movc.Domain.Randomness;

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
        CumulatedHomes = [.. HomesByDistrict.Select(homes =>
        {
            double weights = 0;
            return homes.Select(r => weights += regions.HomeWeight?[r] ?? 1).ToArray();
        })];
        double sum = 0;
        // A district without a region for homes can be nobody's home.
        CumulatedDistrictWeights = [.. parameters.DistrictWeights.Select((w, d) => sum += CumulatedHomes[d] is [.., > 0] ? w : 0)];
        if (!(sum > 0)) throw new ArgumentException("no district with a region has a weight", nameof(parameters));
    }

    public TimeGeoParameters Parameters { get; }

    public StayRegions Regions { get; }

    internal DestinationChoice Destinations { get; }

    internal int[][] HomesByDistrict { get; }

    /// <summary>Weights of <see cref="HomesByDistrict"/>, added up.</summary>
    internal double[][] CumulatedHomes { get; }

    internal double[] CumulatedDistrictWeights { get; }

    /// <summary>What a vehicle's driver is like: the first draws of its life.</summary>
    public TimeGeoTraits TraitsOf(ulong vehicleKey)
    {
        CounterRandom random = CounterRandom.OfMobility(vehicleKey);
        return TimeGeoTraits.Draw(this, ref random);
    }

    /// <inheritdoc/>
    public IMobilityWalker OpenWalker() => new TimeGeoWalker(this);
}
