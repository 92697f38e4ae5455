namespace Movc.Domain.Queries;

/// <summary>A district at an instant.</summary>
/// <param name="Name">English name; "elsewhere" for vehicles in none or whose position nobody told.</param>
/// <param name="Vehicles">Whose newest known position lies in it.</param>
/// <param name="Plugged">Of these, plugged in.</param>
/// <param name="Available">Of these, those that a dispatch may use.</param>
/// <param name="Driving">Of the vehicles, those on the way.</param>
/// <param name="PowerKw">Power of the plugged-in ones, kW, charging positive.</param>
/// <param name="GrossKw">Sum of the absolute powers, kW.</param>
/// <param name="ChargeOnlyKw">What they would draw had nobody dispatched them, kW.</param>
/// <param name="StoredKwh">Estimated energy in the batteries of the plugged-in ones, kWh.</param>
/// <param name="VehicleQuality">What the counts rest on.</param>
/// <param name="PowerQuality">What the power rests on, by the absolute power of each vehicle.</param>
public sealed record DistrictView(
    string Name, int Vehicles, int Plugged, int Available, int Driving, double PowerKw, double GrossKw, double ChargeOnlyKw, double StoredKwh, QualityShares VehicleQuality, QualityShares PowerQuality)
{
    /// <summary>Name of the sum of all districts.</summary>
    public const string CityName = "city";

    /// <summary>Name of the district of vehicles in none.</summary>
    public const string Elsewhere = "elsewhere";

    /// <summary>Parts of one district put together.</summary>
    public static DistrictView Sum(string name, IReadOnlyCollection<DistrictView> parts) => new(
        name, parts.Sum(p => p.Vehicles), parts.Sum(p => p.Plugged), parts.Sum(p => p.Available), parts.Sum(p => p.Driving),
        parts.Sum(p => p.PowerKw), parts.Sum(p => p.GrossKw), parts.Sum(p => p.ChargeOnlyKw), parts.Sum(p => p.StoredKwh),
        QualityShares.Mean(parts.Select(p => (p.VehicleQuality, (double)p.Vehicles))), QualityShares.Mean(parts.Select(p => (p.PowerQuality, p.GrossKw))));
}
