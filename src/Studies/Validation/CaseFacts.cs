using Movc.Domain.Charging;
using Movc.Domain.Events;
using Movc.Domain.Time;

namespace Movc.Studies.Validation;

/// <summary>The quantities that targets are set for, from one case's facts.</summary>
/// <param name="facts">A fleet's sums.</param>
/// <param name="cityVehicles">Vehicles of the whole city: powers are scaled to them.</param>
internal sealed class CaseFacts(FleetFacts facts, int cityVehicles)
{
    private static readonly PlaceKind[] Places = [PlaceKind.Home, PlaceKind.Work, PlaceKind.Other];

    private readonly double _megawatts = (double)cityVehicles / facts.Vehicles / 1000;

    public FleetFacts Facts => facts;

    /// <summary>Average km a day of the vehicle below which a share of them lies.</summary>
    public double KmPerDay(double share)
    {
        float[] sorted = [.. facts.KmPerDay.Order()];
        return sorted[Math.Min(sorted.Length - 1, (int)(share * sorted.Length))];
    }

    public double EventsPerVehicleDay => Places.Sum(Sessions) / (facts.Vehicles * facts.Days);

    public double QuickShare => Places.Sum(p => facts.Sessions(p, ChargingMode.Quick)) / Places.Sum(Sessions);

    public double OtherOverHome => Sessions(PlaceKind.Other) / Sessions(PlaceKind.Home);

    /// <summary>Hour of the day, 0 to 23, in which the mean Charge Only load is highest.</summary>
    public int PeakHour
    {
        get
        {
            double[] byHour = new double[24];
            for (int t = 0; t < facts.LoadKw(PlaceKind.Home).Length; t++) byHour[t % Slots.PerDay * 24 / Slots.PerDay] += TotalKw(t);
            return Array.IndexOf(byHour, byHour.Max());
        }
    }

    /// <summary>The day with the median of the daily peaks: its peak, MW of the city, when (hours; after midnight from 24 on), and Home's share.</summary>
    public (double Mw, double Hour, double HomeShare) Peak
    {
        get
        {
            int[] peaks = [.. Enumerable.Range(0, (int)facts.Days).Select(day => Enumerable.Range(day * Slots.PerDay, Slots.PerDay).MaxBy(TotalKw)).OrderBy(TotalKw)];
            int at = peaks[peaks.Length / 2];
            double hour = at % Slots.PerDay * Slots.Hours;
            return (TotalKw(at) * _megawatts, hour < 12 ? hour + 24 : hour, facts.LoadKw(PlaceKind.Home)[at] / TotalKw(at));
        }
    }

    private double TotalKw(int slot)
    {
        double sum = 0;
        foreach (PlaceKind place in Places) sum += facts.LoadKw(place)[slot];
        return sum;
    }

    private double Sessions(PlaceKind place) => (double)facts.Sessions(place, ChargingMode.Slow) + facts.Sessions(place, ChargingMode.Quick);
}
