using Movc.Domain.Fleet;

namespace Movc.Studies.Regret;

/// <summary>A period that is over, as it was recorded: what regret is reckoned from.</summary>
/// <param name="Fleet">What the willing vehicles did.</param>
/// <param name="OriginalKw">The city without its private EVs, kW per slot.</param>
/// <param name="ChargeOnlyKw">With all of them charging on their own, kW per slot.</param>
/// <param name="AfterKw">As it was, kW per slot.</param>
/// <param name="WillingChargeOnlyKw">What the willing vehicles would have drawn on their own, kW per slot.</param>
/// <param name="WillingChargedKw">What they drew, kW per slot, 0 or more.</param>
/// <param name="DayOfSlot">Calendar day of each slot, 0 for the first, not falling.</param>
public sealed record RegretPeriod(
    FleetHistory Fleet, double[] OriginalKw, double[] ChargeOnlyKw, double[] AfterKw, double[] WillingChargeOnlyKw, double[] WillingChargedKw, int[] DayOfSlot);
