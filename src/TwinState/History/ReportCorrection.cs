namespace Movc.TwinState.History;

/// <summary>
/// What a report of a vehicle's energy said beyond what the twin believed: a trip's use mostly. Lived through again, a vehicle that has
/// another energy is told the same difference.
/// </summary>
/// <param name="MilliWh">Told less believed, 1/1,000 Wh.</param>
/// <param name="ChargeOnlyMilliWh">Charge Only's energy once it was told, 1/1,000 Wh: that does not depend on setpoints.</param>
internal readonly record struct ReportCorrection(int MilliWh, int ChargeOnlyMilliWh);
