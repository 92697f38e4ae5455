namespace Movc.Domain.Aggregators;

/// <summary>What became of a vehicle's setpoint. Stable: stored and sent.</summary>
public enum SetpointOutcome : byte
{
    /// <summary>On its way to the aggregator, which has not answered yet.</summary>
    Sent = 0,

    /// <summary>The aggregator or the vehicle refused it.</summary>
    Rejected = 1,

    /// <summary>Nobody answered in time.</summary>
    TimedOut = 2,

    /// <summary>Accepted, but something else was metered.</summary>
    NotFollowed = 3,

    /// <summary>Taken over by the aggregator.</summary>
    Accepted = 4,

    /// <summary>Seen on the meter.</summary>
    Observed = 5,

    /// <summary>A later one took its place before it ended.</summary>
    Superseded = 6,

    /// <summary>Ended with its validity; no later one came.</summary>
    Expired = 7,
}
