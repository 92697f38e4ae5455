using System.Text.Json.Serialization;

namespace Movc.RollingOptimizer.Plans;

/// <summary>What the city did in one interval that is over, kW.</summary>
/// <param name="AtMs">Start of the interval, Unix milliseconds UTC.</param>
/// <param name="OriginalKw">The city without its private EVs.</param>
/// <param name="ChargeOnlyKw">With all of them charging on their own.</param>
/// <param name="AfterKw">As it was.</param>
public readonly record struct RealizedSlot(long AtMs, double OriginalKw, double ChargeOnlyKw, double AfterKw)
{
    /// <summary>The part of the vehicles whose owners consent to a dispatch; null in an interval that an earlier version stored.</summary>
    public WillingSlot? Willing { get; init; }

    /// <summary>What was expected of it beforehand; null where nothing was.</summary>
    public ForeseenSlot? Foreseen { get; init; }

    /// <summary>What the others drew, kW; null where <see cref="Willing"/> is.</summary>
    [JsonIgnore]
    public double? OthersKw => AfterKw - OriginalKw - Willing?.NetKw;
}
