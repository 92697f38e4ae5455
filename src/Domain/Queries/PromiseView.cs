namespace Movc.Domain.Queries;

/// <summary>What a plan promises to drivers, and how promises were kept until then.</summary>
/// <param name="Risk">Share of departures under their need, of those that would not have been under Charge Only, that is promised; the reserve aims at half of it. 0 = it is fixed.</param>
/// <param name="ReserveKwh">Held beside what was asked for by a vehicle that needs as much as the mean one, kWh.</param>
/// <param name="Departures">Departures so far.</param>
/// <param name="Under">Of those, the ones under their need that would not have been under Charge Only.</param>
public sealed record PromiseView(double Risk, double ReserveKwh, long Departures, long Under)
{
    /// <summary>Threshold e of MOVC Eq. 41, 0 to 1: at least this share of Charge Only's energy at every departure; 0 in a plan that an earlier version stored.</summary>
    public double Satisfaction { get; init; }
}
