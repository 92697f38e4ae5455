using Movc.Domain.Randomness;

namespace Movc.Domain.Mobility;

/// <summary>The Other places that a vehicle knows and how often it was there: preferential return (model.md §3).</summary>
internal sealed class VisitedPlaces
{
    private int[] _region = new int[128];
    private int[] _visits = new int[128];
    private int _total;

    public int Count { get; private set; }

    public void Clear() => Count = _total = 0;

    public bool Contains(int region) => _region.AsSpan(0, Count).Contains(region);

    /// <summary>Counts a visit of a place, known or new.</summary>
    public void Add(int region)
    {
        _total++;
        int i = _region.AsSpan(0, Count).IndexOf(region);
        if (i >= 0)
        {
            _visits[i]++;
            return;
        }
        if (Count == _region.Length)
        {
            Array.Resize(ref _region, 2 * Count);
            Array.Resize(ref _visits, 2 * Count);
        }
        _region[Count] = region;
        _visits[Count++] = 1;
    }

    /// <summary>Draws a known place by its visits, never the one where the vehicle is, and counts the visit.</summary>
    /// <returns>False where there is no other place.</returns>
    public bool TryReturn(int present, ref CounterRandom random, out int region)
    {
        int here = _region.AsSpan(0, Count).IndexOf(present);
        int total = _total - (here >= 0 ? _visits[here] : 0);
        region = -1;
        if (total == 0) return false;
        int at = (int)(random.NextUniform() * total);
        for (int i = 0; ; i++)
        {
            if (i == here) continue;
            at -= _visits[i];
            if (at >= 0) continue;
            _visits[i]++;
            _total++;
            region = _region[i];
            return true;
        }
    }
}
