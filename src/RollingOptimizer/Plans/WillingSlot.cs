using System.Text.Json.Serialization;

namespace Movc.RollingOptimizer.Plans;

/// <summary>What the willing vehicles did in one interval that is over, means in kW.</summary>
/// <param name="ChargeOnlyKw">They would have drawn on their own, 0 or more.</param>
/// <param name="ChargedKw">They drew, 0 or more.</param>
/// <param name="DischargedKw">They delivered, 0 or more.</param>
public readonly record struct WillingSlot(double ChargeOnlyKw, double ChargedKw, double DischargedKw)
{
    /// <summary>Charging positive.</summary>
    [JsonIgnore]
    public double NetKw => ChargedKw - DischargedKw;
}
