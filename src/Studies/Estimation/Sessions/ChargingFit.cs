using Movc.Domain.Charging;

namespace Movc.Studies.Estimation.Sessions;

/// <summary>Weights of the charging choice that make simulated sessions look like real ones.</summary>
/// <param name="Weights">The fitted weights; what sessions at the place cannot tell is the base's.</param>
/// <param name="TripEnergyFactor">Energy of a simulated road kilometre over the base's, so that the drivers charge as much as the users do: what differs between the two in driving, not in choice.</param>
/// <param name="Observed">The real sessions.</param>
/// <param name="Before">Simulated with the base's weights.</param>
/// <param name="Fitted">Simulated with the fitted ones.</param>
/// <param name="Tried">How many weights were tried.</param>
internal sealed record ChargingFit(ChargingUtility Weights, double TripEnergyFactor, SessionMoments Observed, SessionMoments Before, SessionMoments Fitted, int Tried)
{
    /// <summary>How far two sets of sessions are apart: frequency by its logarithm, energies by half the sum of differences; hours are told by the drivers' ways, not by their choice.</summary>
    public static double Distance(SessionMoments a, SessionMoments b)
    {
        if (a.Sessions == 0 || b.Sessions == 0 || a.PerUserWeek <= 0 || b.PerUserWeek <= 0) return 1e6;
        double frequency = Math.Log(a.PerUserWeek / b.PerUserWeek), mean = Math.Log(a.MeanKwh / b.MeanKwh), energies = Fit.Distributions.Distance(a.EnergyShares, b.EnergyShares);
        return (frequency * frequency) + (mean * mean) + (energies * energies);
    }
}
