namespace Movc.Domain.Queries;

/// <summary>What the sums over a fleet rest on, at an interval's boundary.</summary>
/// <param name="Vehicles">Registered vehicles, by their number: what counts rest on.</param>
/// <param name="VehicleCount">How many they are.</param>
/// <param name="Power">Plugged-in vehicles, by their absolute power: what load curves and flexibility rest on.</param>
/// <param name="GrossKw">Sum of the absolute powers, kW.</param>
public sealed record AggregateQuality(QualityShares Vehicles, int VehicleCount, QualityShares Power, double GrossKw)
{
    /// <summary>Parts put together by their weights.</summary>
    public static AggregateQuality Sum(IReadOnlyCollection<AggregateQuality> parts) => new(
        QualityShares.Mean(parts.Select(p => (p.Vehicles, (double)p.VehicleCount))), parts.Sum(p => p.VehicleCount),
        QualityShares.Mean(parts.Select(p => (p.Power, p.GrossKw))), parts.Sum(p => p.GrossKw));
}
