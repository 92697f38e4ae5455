namespace Movc.Studies.Points;

/// <summary>Energy of the period, MWh of the whole city, at the plug.</summary>
/// <param name="ChargeOnlyMwh">What all vehicles draw under Charge Only.</param>
/// <param name="ChargedMwh">What those that take part draw under the dispatch.</param>
/// <param name="DischargedMwh">What they give back.</param>
/// <param name="DischargedKwhPerVehicleWeek">Over the whole fleet and a week.</param>
/// <param name="StoredKwh">Mean over the slots of the stored energy of staying vehicles under Charge Only, over the whole fleet, kWh per vehicle.</param>
/// <param name="ChargingPotentialKwh">Mean of MOVC Eq. 38 under Charge Only, kWh per vehicle of the whole fleet.</param>
/// <param name="DischargingPotentialKwh">Mean of MOVC Eq. 39 under Charge Only, kWh per vehicle of the whole fleet.</param>
public sealed record EnergyFigures(
    double ChargeOnlyMwh, double ChargedMwh, double DischargedMwh, double DischargedKwhPerVehicleWeek,
    double StoredKwh, double ChargingPotentialKwh, double DischargingPotentialKwh);
