using Movc.Domain.Aggregators;

namespace Movc.RollingOptimizer.Setpoints;

/// <summary>A part of setpoints that went out, and what came back of it.</summary>
internal sealed class SentPart(string planId, SetpointPart part)
{
    private Dictionary<string, SetpointOutcome>? _exceptions;
    private HashSet<string>? _ids;

    public string PlanId => planId;

    public SetpointPart Part => part;

    /// <summary>The aggregator took it over.</summary>
    public bool IsAccepted { get; set; }

    /// <summary>Nobody answered in time.</summary>
    public bool IsTimedOut { get; set; }

    /// <summary>Its meters were read.</summary>
    public bool IsObserved { get; set; }

    /// <summary>Whether the part holds a vehicle.</summary>
    public bool Holds(string vehicle) => (_ids ??= [.. part.Vehicle]).Contains(vehicle);

    /// <summary>Notes a vehicle's exception; false where one was noted before.</summary>
    public bool Except(string vehicle, SetpointOutcome outcome) => (_exceptions ??= []).TryAdd(vehicle, outcome);

    /// <summary>State of one of its vehicles.</summary>
    public SetpointOutcome Of(string vehicle)
    {
        if (_exceptions is not null && _exceptions.TryGetValue(vehicle, out SetpointOutcome outcome)) return outcome;
        if (IsObserved) return SetpointOutcome.Observed;
        if (IsTimedOut) return SetpointOutcome.TimedOut;
        return IsAccepted ? SetpointOutcome.Accepted : SetpointOutcome.Sent;
    }

    /// <summary>Counts of the part; what later came of them is not in it.</summary>
    public SetpointCounts Counts()
    {
        int rejected = 0, notFollowed = 0;
        if (_exceptions is not null)
        {
            foreach (SetpointOutcome outcome in _exceptions.Values)
            {
                if (outcome == SetpointOutcome.NotFollowed) notFollowed++;
                else rejected++;
            }
        }
        int rest = part.Count - rejected - notFollowed;
        return new SetpointCounts(part.Count, IsAccepted ? part.Count - rejected : 0, rejected, IsTimedOut && !IsAccepted ? rest : 0, IsObserved ? rest : 0, notFollowed, 0, 0);
    }
}
