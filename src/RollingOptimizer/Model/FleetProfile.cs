namespace Movc.RollingOptimizer.Model;

/// <summary>What kind of fleet <see cref="SyntheticFleet"/> makes.</summary>
public enum FleetProfile
{
    /// <summary>Commuters and others, several trips a day, a few quick chargers, a few vehicles without discharge.</summary>
    Mixed,

    /// <summary>Every vehicle drives to work and back on nearly every weekday and rarely on a weekend; slow charging only.</summary>
    Commuters,

    /// <summary>As Mixed with 60 kW at every stay: few vehicles move much power, so one schedule each is coarse.</summary>
    Quick,

    /// <summary>As Mixed with 200 kinds of vehicle, each many times over and side by side: all of a kind want the same slots.</summary>
    Clustered,

    /// <summary>Everyone leaves in one slot and comes home in one slot, and every second vehicle has 60 kW at every stay.</summary>
    Hostile,
}
