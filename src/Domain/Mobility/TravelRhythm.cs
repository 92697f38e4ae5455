using Movc.Domain.Time;

namespace Movc.Domain.Mobility;

/// <summary>P(t): when people of a city travel, a week of slots from Monday 0:00, sum 1 (model.md §2).</summary>
public sealed class TravelRhythm
{
    public const int SlotsPerWeek = 7 * Slots.PerDay;

    private readonly double[] _share;

    /// <param name="weights">1,008 weights of 0 or more, normalised here.</param>
    public TravelRhythm(IReadOnlyList<double> weights)
    {
        if (weights.Count != SlotsPerWeek) throw new ArgumentException($"{weights.Count} weights, {SlotsPerWeek} wanted", nameof(weights));
        if (weights.Any(w => !(w >= 0 && double.IsFinite(w)))) throw new ArgumentException("must be 0 or more", nameof(weights));
        double sum = weights.Sum();
        if (!(sum > 0)) throw new ArgumentException("add up to 0", nameof(weights));
        _share = [.. weights.Select(w => w / sum)];
    }

    /// <summary>Share of the week's travel in each slot, sum 1.</summary>
    public ReadOnlySpan<double> Share => _share;
}
