namespace Movc.Domain.Aggregators;

/// <summary>How many setpoints came to what.</summary>
/// <param name="Sent">All that went out.</param>
/// <param name="Accepted">Taken over, and not taken back since.</param>
/// <param name="Rejected">Refused.</param>
/// <param name="TimedOut">Not answered in time.</param>
/// <param name="Observed">Seen on the meter.</param>
/// <param name="NotFollowed">Accepted, but something else was metered.</param>
/// <param name="Superseded">Replaced by a later one before they ended.</param>
/// <param name="Expired">Ended without a later one.</param>
public readonly record struct SetpointCounts(long Sent, long Accepted, long Rejected, long TimedOut, long Observed, long NotFollowed, long Superseded, long Expired)
{
    public static SetpointCounts operator +(SetpointCounts a, SetpointCounts b) => new(
        a.Sent + b.Sent, a.Accepted + b.Accepted, a.Rejected + b.Rejected, a.TimedOut + b.TimedOut, a.Observed + b.Observed, a.NotFollowed + b.NotFollowed,
        a.Superseded + b.Superseded, a.Expired + b.Expired);
}
