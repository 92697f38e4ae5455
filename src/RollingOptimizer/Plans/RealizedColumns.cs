namespace Movc.RollingOptimizer.Plans;

/// <summary>The columns of realized intervals and of what was expected of them, in the order in which every store has them.</summary>
internal static class RealizedColumns
{
    /// <summary>Columns of a realized interval that every version had.</summary>
    public static IReadOnlyList<string> First { get; } = ["original_kw", "charge_only_kw", "after_kw"];

    /// <summary>Those that came later, which may be null.</summary>
    public static IReadOnlyList<string> Parts { get; } = ["willing_charge_only_kw", "willing_charged_kw", "willing_discharged_kw"];

    /// <summary>Columns of what was expected of an interval, which may be null.</summary>
    public static IReadOnlyList<string> Foreseen { get; } = ["hour_kw", "day_kw", "planned_kw"];

    /// <summary>All of a realized interval.</summary>
    public static IReadOnlyList<string> Realized { get; } = [.. First, .. Parts];

    /// <summary>What is asked for to read a realized interval: <see cref="Realized"/> of a table r, then <see cref="Foreseen"/> of a table f.</summary>
    public static string List { get; } = string.Join(", ", [.. Realized.Select(c => $"r.{c}"), .. Foreseen.Select(c => $"f.{c}")]);

    /// <summary>Values of <see cref="Realized"/>.</summary>
    public static double?[] Values(in RealizedSlot slot) => [slot.OriginalKw, slot.ChargeOnlyKw, slot.AfterKw, slot.Willing?.ChargeOnlyKw, slot.Willing?.ChargedKw, slot.Willing?.DischargedKw];

    /// <summary>Values of <see cref="Foreseen"/>.</summary>
    public static double?[] Values(in ForeseenSlot slot) => [slot.HourAheadKw, slot.DayAheadKw, slot.PlannedKw];

    /// <summary>An interval from its values.</summary>
    /// <param name="atMs">Its instant.</param>
    /// <param name="value">Value of a column by its place in <see cref="List"/>; null = none.</param>
    public static RealizedSlot Read(long atMs, Func<int, double?> value)
    {
        int foreseen = Realized.Count;
        return new RealizedSlot(atMs, Needed(value, 0), Needed(value, 1), Needed(value, 2))
        {
            Willing = value(3) is null ? null : new WillingSlot(Needed(value, 3), Needed(value, 4), Needed(value, 5)),
            Foreseen = value(foreseen) is null && value(foreseen + 1) is null && value(foreseen + 2) is null ? null : ReadForeseen(c => value(foreseen + c)),
        };
    }

    /// <summary>What was expected of an interval from its values.</summary>
    /// <param name="value">Value of a column by its place in <see cref="Foreseen"/>; null = none.</param>
    public static ForeseenSlot ReadForeseen(Func<int, double?> value) => new(value(0), value(1), value(2));

    private static double Needed(Func<int, double?> value, int column) =>
        value(column) ?? throw new IOException($"a realized interval has no {Realized[column]}; the store was damaged outside this program");
}
