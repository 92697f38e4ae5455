namespace Movc.Ingest.Simulation.Parameters;

/// <summary>Everything that is assumed of one city, read from one file in which every value carries unit and source mark.</summary>
public sealed record CityParameters
{
    /// <summary>Name on the command line, as shenzhen.</summary>
    public required string City { get; init; }

    /// <summary>Name for people, as Shenzhen.</summary>
    public required string Name { get; init; }

    /// <summary>IANA name, as Asia/Shanghai.</summary>
    public required string TimeZone { get; init; }

    /// <summary>Start of every vehicle's id, ASCII.</summary>
    public required string IdPrefix { get; init; }

    /// <summary>Start of a run that names none, Unix milliseconds UTC.</summary>
    public required long DefaultStartMs { get; init; }

    /// <summary>Private EVs of the whole city: a smaller fleet stands for its share of the city's load.</summary>
    public required int CityVehicles { get; init; }

    /// <summary>Share of vehicles with a workplace, 0 to 1.</summary>
    public required double WorkplaceShare { get; init; }

    public required IReadOnlyList<VehicleModelParameters> Models { get; init; }

    /// <summary>Discharging over charging power of a V2G vehicle, 0 to 1.</summary>
    public required double DischargeToChargePower { get; init; }

    public required IReadOnlyList<DistrictParameters> Districts { get; init; }

    public required WorkParameters Work { get; init; }

    public required TravelParameters Travel { get; init; }

    public required RegionParameters Regions { get; init; }

    public required MobilityParameters Mobility { get; init; }

    public required ChargingParameters Charging { get; init; }

    /// <summary>Charging efficiency η, over 0.6, at most 1.</summary>
    public required double ChargingEfficiency { get; init; }

    public required WillingnessParameters Willingness { get; init; }

    public required LoadParameters Load { get; init; }

    /// <summary>What a simulation of the city must come to; empty where the file states nothing.</summary>
    public required IReadOnlyList<ValidationTarget> Targets { get; init; }

    /// <summary>First 16 hexadecimal digits of SHA-256 over the file: two runs with equal ones assumed the same.</summary>
    public required string Hash { get; init; }

    /// <summary>One line for every value marked [G] in the file.</summary>
    public required IReadOnlyList<string> Assumptions { get; init; }
}
