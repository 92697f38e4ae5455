using Movc.Domain.Charging;
using Movc.Ingest.Simulation;

namespace Movc.Studies.Dispatch;

/// <summary>Which week of which fleet becomes a dispatch problem.</summary>
public sealed record ModelInstanceOptions
{
    /// <summary>Vehicles simulated, 1 or more; the load is their share of the city's.</summary>
    public required int Vehicles { get; init; }

    public required long Seed { get; init; }

    public required Season Season { get; init; }

    public StrategyMix Strategy { get; init; } = StrategyMix.Willing;

    public ChargingCase Case { get; init; } = ChargingCase.Base;

    /// <summary>Compensation over mean damage cost; null = the city's.</summary>
    public double? Gamma { get; init; }

    /// <summary>Days of the horizon from a Monday 0:00 on, 1 to 42.</summary>
    public int Days { get; init; } = 7;

    /// <summary>Weeks lived before the horizon begins.</summary>
    public int WarmUpWeeks { get; init; } = 2;

    /// <summary>Least share of the Charge Only energy at every departure, 0 to 1 (MOVC Eq. 41); 0 = only what trips need.</summary>
    public double Satisfaction { get; init; }

    /// <summary>The batteries hold at the end what Charge Only would have left in them.</summary>
    public bool FinalFloor { get; init; } = true;

    /// <summary>0 = all processors; the instance is the same for any number.</summary>
    public int Threads { get; init; }
}
