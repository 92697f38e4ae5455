using Movc.Domain.Queries;
using Movc.Domain.Sources;
using Movc.Domain.Time;
using Movc.RollingOptimizer.Plans;

namespace Movc.Composition;

/// <summary>The load that a recorded city had; beyond the record what its last plan reckoned with, then the same time of the nearest day.</summary>
internal sealed class RecordedLoad : ICityLoad
{
    private readonly Dictionary<long, double> _kw = [];
    private readonly string _of;
    private readonly double _mean;

    /// <param name="realized">Intervals that are over, at least one.</param>
    /// <param name="last">Curves of the last plan; null = there are none.</param>
    /// <param name="of">What the load was.</param>
    public RecordedLoad(IReadOnlyList<RealizedSlot> realized, LoadCurves? last, string of)
    {
        _of = of;
        _mean = realized.Average(r => r.OriginalKw);
        for (int k = 0; k < (last?.OriginalKw.Count ?? 0); k++) _kw[last!.StartAt.ToUnixTimeMilliseconds() + (k * Slots.Ms)] = last.OriginalKw[k];
        foreach (RealizedSlot slot in realized) _kw[slot.AtMs] = slot.OriginalKw;
    }

    public string Description => $"as recorded: {_of}; after the record's last plan the same time of another day [G]";

    /// <inheritdoc/>
    public bool KnowsBeforeStart => false;

    public double LoadKw(long intervalStartMs)
    {
        const long DayMs = Slots.PerDay * Slots.Ms;
        if (_kw.TryGetValue(intervalStartMs, out double kw)) return kw;
        for (int days = 1; days <= 28; days++)
        {
            if (_kw.TryGetValue(intervalStartMs - (days * DayMs), out kw) || _kw.TryGetValue(intervalStartMs + (days * DayMs), out kw)) return kw;
        }
        return _mean;
    }
}
