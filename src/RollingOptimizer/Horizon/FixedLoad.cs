namespace Movc.RollingOptimizer.Horizon;

/// <summary>What vehicles charge outside the plan: summed for the city, and for districts that are limited.</summary>
/// <param name="city">Takes all of it.</param>
/// <param name="ofDistrict">Takes that of each district; null for one that is not limited. May be shorter than there are districts.</param>
internal sealed class FixedLoad(ChargingCurve city, ChargingCurve?[] ofDistrict)
{
    private readonly Part _elsewhere = new(city, null);
    private readonly Part[] _parts = [.. ofDistrict.Select(curve => new Part(city, curve))];

    /// <summary>Where what a vehicle in a district charges is added.</summary>
    /// <param name="district">Index of the district, −1 = in none.</param>
    public Part Of(int district) => (uint)district < (uint)_parts.Length ? _parts[district] : _elsewhere;

    /// <summary>A district's share of the sums.</summary>
    internal sealed class Part(ChargingCurve city, ChargingCurve? district)
    {
        /// <inheritdoc cref="ChargingCurve.Add"/>
        public void Add(int powerW, double missingWh, Domain.Charging.UnmanagedStart start, long departureMs)
        {
            city.Add(powerW, missingWh, start, departureMs);
            district?.Add(powerW, missingWh, start, departureMs);
        }

        /// <inheritdoc cref="ChargingCurve.AddInSlot"/>
        public void AddInSlot(int slot, double gridWh)
        {
            city.AddInSlot(slot, gridWh);
            district?.AddInSlot(slot, gridWh);
        }
    }
}
