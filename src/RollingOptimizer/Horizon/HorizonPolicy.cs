namespace Movc.RollingOptimizer.Horizon;

/// <summary>What a plan owes to drivers and how far it looks.</summary>
/// <param name="Satisfaction">Threshold e of MOVC Eq. 41, 0 to 1: at least this share of Charge Only's energy at every departure, beside what was asked for.</param>
/// <param name="PeakWeight">Weight of each day's peak over its level, 0 to under 1; 0 = MOVC Eq. 15 as it stands.</param>
/// <param name="LooksBeyondStays">Whether vehicles are planned for beyond their present stay, as they are expected to come back; else each holds what Charge Only would have left it when its stay or the horizon ends.</param>
public sealed record HorizonPolicy(double Satisfaction = HorizonPolicy.DefaultSatisfaction, double PeakWeight = 0, bool LooksBeyondStays = true)
{
    /// <summary>Held beside what was asked for at every departure, as far as Charge Only would have it, Wh: for needs that nobody can know yet.</summary>
    public int ReserveWh { get; init; }

    /// <summary>Nobody leaves with less than charging alone would have given [G]: what less would gain and cost is in docs/math/rolling-horizon.md.</summary>
    public const double DefaultSatisfaction = 1;
}
