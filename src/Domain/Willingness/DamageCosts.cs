using Movc.Domain.Fleet;
using Movc.Domain.Randomness;

namespace Movc.Domain.Willingness;

/// <summary>
/// Each owner's own damage cost of V2G, ξ ~ N(μ, (k·μ)²), drawn for each strategy independently; joins VWS if ξ_VWS ≤ γ·μ_VWS, else
/// VWC if ξ_VWC ≤ γ·μ_VWC, else Charge Only (MOVC Eqs. 12-13; the order is [G]).
/// </summary>
/// <param name="VwsRmbPerKwh">μ of V2G when staying.</param>
/// <param name="VwcRmbPerKwh">μ of V2G when charging.</param>
/// <param name="RelativeDeviation">k, over 0.</param>
/// <param name="Gamma">Compensation rate γ over the mean damage cost, 0 or more.</param>
public sealed record DamageCosts(double VwsRmbPerKwh, double VwcRmbPerKwh, double RelativeDeviation, double Gamma) : IWillingness
{
    /// <inheritdoc/>
    public V2gStrategy Choose(ref CounterRandom random)
    {
        (double zVws, double zVwc) = random.NextNormals();
        if (VwsRmbPerKwh * (1 + RelativeDeviation * zVws) <= Gamma * VwsRmbPerKwh) return V2gStrategy.WhenStaying;
        return VwcRmbPerKwh * (1 + RelativeDeviation * zVwc) <= Gamma * VwcRmbPerKwh ? V2gStrategy.WhenCharging : V2gStrategy.ChargeOnly;
    }

    /// <inheritdoc/>
    public double CompensationRmbPerKwh(V2gStrategy strategy) => strategy switch
    {
        V2gStrategy.WhenStaying => Gamma * VwsRmbPerKwh,
        V2gStrategy.WhenCharging => Gamma * VwcRmbPerKwh,
        _ => 0,
    };
}
