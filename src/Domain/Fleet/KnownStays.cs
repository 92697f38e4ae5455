using Movc.Domain.Habits;

namespace Movc.Domain.Fleet;

/// <summary>What is known beyond when and how far vehicles go, one value a gap of a <see cref="FleetOutlook"/>; <see cref="ExpectedGap.NotKnown"/> = nothing.</summary>
/// <param name="OwedWh">Energy owed at the departure with which the gap begins, Wh.</param>
/// <param name="ChargeW">Charging power of the stay after it, W.</param>
/// <param name="DischargeW">Discharging power of that stay, W.</param>
public sealed record KnownStays(int[] OwedWh, int[] ChargeW, int[] DischargeW);
