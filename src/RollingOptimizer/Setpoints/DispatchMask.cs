using Movc.Domain.Aggregators;
using Movc.Domain.Fleet;
using Movc.Domain.Operators;

namespace Movc.RollingOptimizer.Setpoints;

/// <summary>Which vehicles a plan may not use although their owners consent: held by operators, or of an aggregator that does not answer. They charge on their own.</summary>
public sealed class DispatchMask
{
    private readonly IAggregatorMap? _aggregators;
    private readonly bool[] _aggregator;
    private readonly bool[] _silent;
    private readonly bool[] _district;
    private readonly bool _isAll;

    /// <summary>Nothing is masked.</summary>
    public static DispatchMask None { get; } = new(null, [], [], []);

    /// <param name="aggregators">Who passes setpoints on; null = no vehicle is masked by its aggregator.</param>
    /// <param name="districts">Names of the city's districts.</param>
    /// <param name="held">Orders that hold.</param>
    /// <param name="silent">Names of aggregators that do not answer.</param>
    public DispatchMask(IAggregatorMap? aggregators, IReadOnlyList<string> districts, IReadOnlyList<OperatorEntry> held, IReadOnlyList<string> silent)
    {
        _isAll = held.Any(h => h.Scope == HoldScope.City);
        _district = [.. districts.Select(name => held.Any(h => h.Scope == HoldScope.District && string.Equals(h.Name, name, StringComparison.Ordinal)))];
        _aggregator = aggregators is null
            ? []
            : [.. aggregators.Names.Select(name => silent.Contains(name, StringComparer.Ordinal) || held.Any(h => h.Scope == HoldScope.Aggregator && string.Equals(h.Name, name, StringComparison.Ordinal)))];
        _silent = aggregators is null ? [] : [.. aggregators.Names.Select(name => silent.Contains(name, StringComparer.Ordinal))];
        _aggregators = _aggregator.Contains(true) ? aggregators : null;
        IsEmpty = !_isAll && _aggregators is null && !_district.Contains(true);
    }

    public bool IsEmpty { get; }

    /// <summary>Whether some aggregator does not answer.</summary>
    public bool HasSilent => _silent.Contains(true);

    /// <summary>Whether a plugged-in vehicle's aggregator does not answer.</summary>
    public bool IsSilent(ShardSnapshot shard, int k) => HasSilent && _silent[_aggregators!.Of(shard.Ids.Utf8(shard.Vehicle[k]))];

    /// <summary>Whether a plugged-in vehicle is masked.</summary>
    /// <param name="shard">Its shard.</param>
    /// <param name="k">Its row.</param>
    public bool Hides(ShardSnapshot shard, int k)
    {
        if (IsEmpty) return false;
        if (_isAll) return true;
        int district = shard.District[k];
        if (district >= 0 && district < _district.Length && _district[district]) return true;
        return _aggregators is not null && _aggregator[_aggregators.Of(shard.Ids.Utf8(shard.Vehicle[k]))];
    }
}
