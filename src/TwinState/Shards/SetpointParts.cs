using Movc.Domain.Dispatch;

namespace Movc.TwinState.Shards;

/// <summary>Puts the parts of an interval's setpoints together: they come by aggregator, and a shard goes on once it has them all.</summary>
internal sealed class SetpointParts(int shard)
{
    private readonly List<SetpointBatch> _parts = [];
    private bool[] _has = [];
    private (long AtMs, long ValidUntilMs) _of;

    /// <summary>Whether parts have come of an interval that lacks others.</summary>
    public bool IsOpen => _parts.Count > 0;

    /// <summary>Takes a part; one that comes again is passed over, one of another interval or division begins anew.</summary>
    /// <param name="part">Part of the setpoints, its vehicles by rising local index.</param>
    /// <param name="number">Its number, from 0.</param>
    /// <param name="count">Of how many.</param>
    /// <returns>The interval's setpoints once it is whole, else null.</returns>
    public SetpointBatch? Take(SetpointBatch part, int number, int count)
    {
        if (_of != (part.AtMs, part.ValidUntilMs) || _has.Length != count)
        {
            _parts.Clear();
            _has = new bool[count];
            _of = (part.AtMs, part.ValidUntilMs);
        }
        if (_has[number]) return null;
        _has[number] = true;
        _parts.Add(part);
        if (_parts.Count < count) return null;
        int[] vehicle = [.. _parts.SelectMany(p => p.Vehicle)], power = [.. _parts.SelectMany(p => p.PowerW)];
        Array.Sort(vehicle, power);
        _parts.Clear();
        _has = [];
        _of = default;
        return new SetpointBatch(shard, part.AtMs, part.ValidUntilMs, vehicle, power);
    }
}
