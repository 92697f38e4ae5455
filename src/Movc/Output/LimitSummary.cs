using System.Globalization;
using Movc.Domain.Queries;

namespace Movc.Output;

/// <summary>What became of a district's limit in a run.</summary>
/// <param name="District">Its name.</param>
/// <param name="ImportKw">The limit as it was last, kW; null = not limited.</param>
/// <param name="ExportKw">The same for what is delivered, kW.</param>
/// <param name="HighestKw">Highest mean of an interval that was measured under it, kW.</param>
/// <param name="LowestKw">Lowest, kW; negative = delivered.</param>
/// <param name="Intervals">Intervals measured under it.</param>
/// <param name="Over">Of those, over the limit that stood.</param>
internal sealed record LimitSummary(string District, double? ImportKw, double? ExportKw, double HighestKw, double LowestKw, int Intervals, int Over)
{
    /// <summary>By district, in the order in which they were limited.</summary>
    public static IReadOnlyList<LimitSummary> Of(IReadOnlyList<IntervalSummary> intervals)
    {
        var names = intervals.SelectMany(i => i.Limits ?? []).Select(l => l.District).Distinct(StringComparer.Ordinal);
        return [.. names.Select(name => Of(name, intervals))];
    }

    public override string ToString()
    {
        string limit = (ImportKw, ExportKw) switch
        {
            ({ } import, { } export) => Text($"{import:N0} kW drawn, {export:N0} kW delivered"),
            ({ } import, null) => Text($"{import:N0} kW drawn"),
            (_, { } export) => Text($"{export:N0} kW delivered"),
            _ => "none",
        };
        return Intervals == 0 ? $"{District}: at most {limit}; no interval under it is over" : Text($"{District}: at most {limit}; {LowestKw:N0} to {HighestKw:N0} kW measured, over it in {Over:N0} of {Intervals:N0} intervals");
    }

    private static LimitSummary Of(string name, IReadOnlyList<IntervalSummary> intervals)
    {
        var sum = new LimitSummary(name, null, null, double.NegativeInfinity, double.PositiveInfinity, 0, 0);
        LimitView? before = null;
        foreach (IntervalSummary interval in intervals)
        {
            LimitView? limit = interval.Limits?.FirstOrDefault(l => string.Equals(l.District, name, StringComparison.Ordinal));
            // What was measured belongs to the interval before, and to the limit that stood then.
            if (before is not null && limit?.MeasuredKw is { } kw)
                sum = sum with { HighestKw = Math.Max(sum.HighestKw, kw), LowestKw = Math.Min(sum.LowestKw, kw), Intervals = sum.Intervals + 1, Over = sum.Over + (kw > before.ImportKw || -kw > before.ExportKw ? 1 : 0) };
            if (limit is not null) sum = sum with { ImportKw = limit.ImportKw, ExportKw = limit.ExportKw };
            before = limit;
        }
        return sum;
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
