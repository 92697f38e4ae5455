using Movc.Domain.Charging;

namespace Movc.Ingest.Simulation;

/// <summary>What a user asks of a simulated city.</summary>
public sealed record SimulationOptions
{
    /// <summary>As shenzhen, or the path of a parameter file.</summary>
    public required string City { get; init; }

    /// <summary>1 to 5,000,000; null = the whole city's private fleet, 480,000 in Shenzhen.</summary>
    public int? Vehicles { get; init; }

    public required long Seed { get; init; }

    /// <summary>Unix milliseconds UTC on a full 10 minutes; null = the city's default, Monday 2022-07-18 0:00 in Shenzhen.</summary>
    public long? StartMs { get; init; }

    /// <summary>Compensation over the owners' mean damage cost, 0 or more; null = the city's default, 1.</summary>
    public double? Gamma { get; init; }

    /// <summary>How people weigh charging.</summary>
    public ChargingCase Case { get; init; } = ChargingCase.Base;

    /// <summary>Which typical week the load repeats; null = the season of the start.</summary>
    public Season? Season { get; init; }
}
