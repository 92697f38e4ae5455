namespace Movc.Domain.Places;

/// <summary>A city that knows no districts.</summary>
public sealed class NoDistricts : IDistrictMap
{
    public static NoDistricts Instance { get; } = new();

    public IReadOnlyList<string> Names => [];

    public int Of(int latitudeE7, int longitudeE7) => -1;
}
