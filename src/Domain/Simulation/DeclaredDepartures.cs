using Movc.Domain.Randomness;

namespace Movc.Domain.Simulation;

/// <summary>How far real departures are from those that drivers declare when they plug in: most keep to them, some leave earlier, some later, by exponential times.</summary>
/// <param name="EarlyShare">Share of departures before the declared time, 0 to 1.</param>
/// <param name="LateShare">Share of departures after it, 0 to 1 with the other.</param>
/// <param name="MeanMinutes">Mean time by which those are off, minutes.</param>
public sealed record DeclaredDepartures(double EarlyShare, double LateShare, double MeanMinutes)
{
    /// <summary>Everybody leaves when they said.</summary>
    public static DeclaredDepartures Kept { get; } = new(0, 0, 0);

    /// <summary>The departure that a driver declares, seconds since slot 0: never before the vehicle came.</summary>
    /// <param name="vehicleKey">See <see cref="CounterRandom.VehicleKey"/>.</param>
    /// <param name="arriveS">When it came, seconds since slot 0.</param>
    /// <param name="departS">When it will leave.</param>
    public int Of(ulong vehicleKey, int arriveS, int departS)
    {
        if (EarlyShare + LateShare <= 0) return departS;
        CounterRandom random = CounterRandom.OfDeclaration(vehicleKey, arriveS);
        double which = random.NextUniform();
        if (which >= EarlyShare + LateShare) return departS;
        double offS = -60 * MeanMinutes * Math.Log(1 - random.NextUniform());
        return which < EarlyShare ? (int)Math.Min(int.MaxValue - 1, departS + offS) : Math.Max(arriveS + 1, (int)(departS - offS));
    }
}
