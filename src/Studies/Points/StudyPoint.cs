using System.Globalization;
using System.Text.Json.Serialization;
using Movc.Domain.Charging;
using Movc.Domain.Dispatch;
using Movc.Ingest.Simulation;
using Movc.Studies.Dispatch;
using Movc.Studies.Weeks;

namespace Movc.Studies.Points;

/// <summary>One simulated, dispatched and judged week: the answer of a city to one setting of everything.</summary>
public sealed record StudyPoint
{
    /// <summary>Name of the city or path of its parameter file, as the user gave it.</summary>
    public required string City { get; init; }

    public required Season Season { get; init; }

    public StrategyMix Strategy { get; init; } = StrategyMix.Willing;

    /// <summary>Compensation over the owners' mean damage cost, γ, 0 or more.</summary>
    public required double Gamma { get; init; }

    /// <summary>Least share of the Charge Only energy at every departure, 0 to 1 (MOVC Eq. 41).</summary>
    public double Satisfaction { get; init; }

    public ChargingCase Case { get; init; } = ChargingCase.Base;

    /// <summary>Share of vehicles that can charge quickly at home too, 0 to 1; 1 = the "QC 100 %" study.</summary>
    public double QuickAtHomeShare { get; init; }

    /// <summary>EVs that live in the city, beside the whole of its load.</summary>
    public required int Fleet { get; init; }

    /// <summary>Share of the fleet that is simulated, beside the same share of the load, over 0, at most 1; results are scaled to the whole.</summary>
    public double Sample { get; init; } = 1;

    /// <summary>Weight λ of throughput.</summary>
    public double Lambda { get; init; } = DispatchParameters.Lambda;

    public int Days { get; init; } = 7;

    public required long Seed { get; init; }

    /// <summary>The batteries hold at the end what Charge Only would have left in them.</summary>
    public bool FinalFloor { get; init; } = true;

    /// <summary>Solve it the paper's way too, and say what that loses; null = not.</summary>
    public BatchOptions? Batches { get; init; }

    /// <summary>Vehicles simulated.</summary>
    public int Vehicles => Math.Max(1, (int)Math.Round(Fleet * Sample));

    /// <summary>The simulated week that it stands on.</summary>
    [JsonIgnore]
    public WeekSettings Week => new() { Vehicles = Vehicles, Seed = Seed, Case = Case, QuickAtHomeShare = QuickAtHomeShare, Days = Days };

    /// <summary>All of it as one line: with the city's parameters, equal lines have equal results.</summary>
    [JsonIgnore]
    public string Canonical => string.Create(
        CultureInfo.InvariantCulture,
        $"season={Season} strategy={Strategy} gamma={Gamma:R} satisfaction={Satisfaction:R} fleet={Fleet} lambda={Lambda:R} finalFloor={FinalFloor} batches={(Batches is null ? "none" : $"{Batches.Vehicles} fixed={Batches.FixedShare}")} {Week.Canonical}");
}
