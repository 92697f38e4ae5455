namespace Movc.RollingOptimizer.Horizon;

/// <summary>What a plan owes to drivers and how far it looks.</summary>
/// <param name="Satisfaction">Threshold e of MOVC Eq. 41, 0 to 1: at least this share of Charge Only's energy at every departure, beside what was asked for.</param>
/// <param name="PeakWeight">Weight of each day's peak over its level, 0 to under 1; 0 = MOVC Eq. 15 as it stands.</param>
/// <param name="LooksBeyondStays">Whether vehicles are planned for beyond their present stay, as they are expected to come back; else each holds what Charge Only would have left it when its stay or the horizon ends.</param>
public sealed record HorizonPolicy(double Satisfaction = HorizonPolicy.DefaultSatisfaction, double PeakWeight = 0, bool LooksBeyondStays = true)
{
    /// <summary>Drivers get what they ask for; a share of Charge Only's energy beside it only where it is wanted [G]: what it costs is in docs/math/rolling-horizon.md.</summary>
    public const double DefaultSatisfaction = 0;

    /// <summary>Where the reserve begins, Wh [G]: with it, none of 27,606 departures came short from the second to the fourth day of a city of 6,000.</summary>
    public const int DefaultReserveWh = 14_000;

    /// <summary>Held beside what was asked for at every departure by a vehicle that needs as much as the mean one, as far as Charge Only would have it, Wh: for needs that nobody can know yet.</summary>
    public int ReserveWh { get; init; } = DefaultReserveWh;

    /// <summary>Mean of what the fleet's vehicles need at their departures, Wh: one that needs as much holds the reserve as it stands, others in proportion. 0 = not known, all hold the same.</summary>
    public int FleetNeedWh { get; init; }

    /// <summary>Slots before a declared departure from which on all that is owed at it is held, the reserve too: people leave earlier than they say.</summary>
    public int ReadySlots { get; init; } = DefaultReadySlots;

    /// <summary>Two hours [G]: 93 % of those who leave early by 45 minutes in the mean.</summary>
    public const int DefaultReadySlots = 12;

    /// <summary>
    /// Share of departures that may be under their need and would not have been under Charge Only: the reserve follows what happens so that it
    /// comes to half of this (<see cref="ReserveControl"/>). 0 = the reserve stays as it is.
    /// </summary>
    public double Risk { get; init; }

    /// <summary>The share that is promised where nothing else is said.</summary>
    public const double DefaultRisk = 1e-4;

    /// <summary>Whether no plan takes a vehicle under its need at any time of a stay, and what is lacking of it is charged first: who leaves early then has it too.</summary>
    public bool KeepsNeed { get; init; } = true;
}
