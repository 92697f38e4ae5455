namespace Movc.RollingOptimizer.Plans;

/// <summary>The columns of a realized interval after its instant, in the order in which every store has them.</summary>
internal static class RealizedColumns
{
    /// <summary>Names, by which SQLite and PostgreSQL have them.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        "original_kw", "charge_only_kw", "after_kw", "willing_charge_only_kw", "willing_charged_kw", "willing_discharged_kw", "foreseen_hour_kw", "foreseen_day_kw", "planned_hour_kw",
    ];

    /// <summary>Names with a comma between.</summary>
    public static string List { get; } = string.Join(", ", Names);

    /// <summary>How many every version had.</summary>
    public const int First = 3;

    /// <summary>Values in the order of the names.</summary>
    public static double?[] Values(in RealizedSlot slot) =>
    [
        slot.OriginalKw, slot.ChargeOnlyKw, slot.AfterKw, slot.Willing?.ChargeOnlyKw, slot.Willing?.ChargedKw, slot.Willing?.DischargedKw,
        slot.Foreseen?.HourAheadKw, slot.Foreseen?.DayAheadKw, slot.Foreseen?.PlannedKw,
    ];

    /// <summary>An interval from its values.</summary>
    /// <param name="atMs">Its instant.</param>
    /// <param name="value">Value of a column by its place in <see cref="Names"/>; null = none.</param>
    public static RealizedSlot Read(long atMs, Func<int, double?> value)
    {
        bool isWilling = value(3) is not null, isForeseen = value(6) is not null || value(7) is not null || value(8) is not null;
        return new RealizedSlot(atMs, Needed(value, 0), Needed(value, 1), Needed(value, 2))
        {
            Willing = isWilling ? new WillingSlot(Needed(value, 3), Needed(value, 4), Needed(value, 5)) : null,
            Foreseen = isForeseen ? new ForeseenSlot(value(6), value(7), value(8)) : null,
        };
    }

    private static double Needed(Func<int, double?> value, int column) => value(column) ?? throw new IOException($"a realized interval has no {Names[column]}; the store was damaged outside this program");
}
