namespace Movc.Domain.Regret;

/// <summary>What the last day kept of the gain that perfect foresight would have had, as the running city reckons it now and then.</summary>
/// <param name="From">Start of the period.</param>
/// <param name="To">Its end.</param>
/// <param name="Kept">Share of the possible gain that was kept.</param>
/// <param name="KeptAtLeast">The same against the certified bound.</param>
/// <param name="ChargeOnly">With every vehicle charging on its own.</param>
/// <param name="Rolling">As it was.</param>
/// <param name="Perfect">With perfect foresight.</param>
/// <param name="Departures">Departures in the period.</param>
/// <param name="DeparturesUnderPromise">Of those, with less than was owed.</param>
/// <param name="Satisfaction">Mean of the departures (MOVC Eq. 40), 0 to 1.</param>
/// <param name="ExtraWearRmb">Wear of batteries beyond Charge Only's, RMB (MOVC Eqs. 42-44).</param>
/// <param name="CompensationRmb">Paid to owners for what their vehicles gave (MOVC Eq. 14), RMB; null where the city tells no rate.</param>
/// <param name="StoredMwh">Energy in batteries at the end less what Charge Only would have left there, MWh.</param>
/// <param name="Vehicles">Willing vehicles that could be dispatched.</param>
/// <param name="Seconds">Wall time that it took, s.</param>
public sealed record RegretView(
    DateTimeOffset From, DateTimeOffset To, double Kept, double KeptAtLeast, RegretLine ChargeOnly, RegretLine Rolling, RegretLine Perfect, long Departures, long DeparturesUnderPromise,
    double Satisfaction, double ExtraWearRmb, double? CompensationRmb, double StoredMwh, int Vehicles, double Seconds);
