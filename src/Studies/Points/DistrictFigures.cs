namespace Movc.Studies.Points;

/// <summary>A district's part in it, of the whole city.</summary>
/// <param name="Name">Of the district.</param>
/// <param name="LongitudeDeg">Of its centroid, WGS84.</param>
/// <param name="LatitudeDeg">Of its centroid, WGS84.</param>
/// <param name="AreaKm2">Of it.</param>
/// <param name="Homes">Vehicles whose home is there.</param>
/// <param name="TakePart">Of those.</param>
/// <param name="ChargedMwh">Drawn there under the dispatch, by whoever stays there.</param>
/// <param name="DischargedMwh">Given back there.</param>
/// <param name="PeakDischargeMw">Highest power given back there in any slot, net of what is drawn; 0 where it never is.</param>
/// <param name="CompensationRmb">Paid to those who live there.</param>
/// <param name="Satisfaction">Mean over departures of those who live there and take part.</param>
public sealed record DistrictFigures(
    string Name, double LongitudeDeg, double LatitudeDeg, double AreaKm2, int Homes, int TakePart,
    double ChargedMwh, double DischargedMwh, double PeakDischargeMw, double CompensationRmb, double Satisfaction);
