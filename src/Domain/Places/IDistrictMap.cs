namespace Movc.Domain.Places;

/// <summary>Which district of a city a position lies in. For several threads at once.</summary>
public interface IDistrictMap
{
    /// <summary>Names, in a fixed order; empty for a city without districts.</summary>
    IReadOnlyList<string> Names { get; }

    /// <summary>Index of the district, −1 = in none.</summary>
    /// <param name="latitudeE7">WGS84, 1e-7 degree.</param>
    /// <param name="longitudeE7">WGS84, 1e-7 degree.</param>
    int Of(int latitudeE7, int longitudeE7);
}
