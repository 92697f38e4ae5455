using System.Text.Json;
using Movc.Domain;
using Movc.Domain.Charging;
using Movc.Domain.Fleet;
using Movc.Domain.Places;
using Movc.Ingest.Simulation;
using Movc.Ingest.Time;

namespace Movc.Composition;

/// <summary>
/// What a city's journal stands on and does not hold itself: zone, tariff, districts. Kept beside the journal, so that its past can be
/// read without the command that ran it.
/// </summary>
internal sealed record CityGround
{
    private static readonly JsonSerializerOptions Format = new() { RespectRequiredConstructorParameters = true, RespectNullableAnnotations = true };

    public required string City { get; init; }

    public required string TimeZone { get; init; }

    /// <summary>Home price by slot of the local day, RMB/kWh; null = sessions start at once.</summary>
    public double[]? HomeTariff { get; init; }

    public required IReadOnlyList<string> Districts { get; init; }

    /// <summary>Stay regions; null for a city without districts.</summary>
    public GroundRegions? Regions { get; init; }

    /// <summary>What the load beside the vehicles is.</summary>
    public required string LoadSource { get; init; }

    public required IReadOnlyList<string> Assumptions { get; init; }

    /// <summary>Ground of a simulated city.</summary>
    public static CityGround Of(OpenedCity city, string timeZone) => new()
    {
        City = city.Key,
        TimeZone = timeZone,
        HomeTariff = city.Unmanaged.Tariff?.Tariff.Home,
        Districts = city.Districts,
        Regions = GroundRegions.Of(city.Regions),
        LoadSource = city.Load.Description,
        Assumptions = city.Assumptions,
    };

    /// <summary>What its twin reckons with.</summary>
    public FleetModel Model()
    {
        var calendar = new NodaCityCalendar(TimeZone);
        return new FleetModel(HomeTariff is null ? UnmanagedCharging.AtOnce : new UnmanagedCharging(new TariffClock(new Tariff(HomeTariff, HomeTariff), calendar)), calendar) { Districts = DistrictMap() };
    }

    public IDistrictMap DistrictMap() => Regions is null ? NoDistricts.Instance : new NearestRegionDistricts(Regions.ToRegions(Districts.Count), Districts);

    public string ToJson() => JsonSerializer.Serialize(this, Format);

    /// <summary>Reads what <see cref="ToJson"/> wrote.</summary>
    /// <exception cref="InputException">It is something else.</exception>
    public static CityGround Parse(string where, string? json)
    {
        try
        {
            return JsonSerializer.Deserialize<CityGround>(json ?? string.Empty, Format) ?? throw new JsonException("null");
        }
        catch (JsonException e)
        {
            throw new InputException($"{where}: does not tell the city's zone, tariff and districts ({e.Message}); run the city on it once with this version, which writes them", e);
        }
    }
}
