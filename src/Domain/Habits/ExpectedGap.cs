namespace Movc.Domain.Habits;

/// <summary>A time for which a vehicle is expected to be away from the plug.</summary>
/// <param name="FromMs">When it leaves, or left, Unix milliseconds UTC.</param>
/// <param name="ToMs">When it plugs in again, Unix milliseconds UTC; <see cref="long.MaxValue"/> = nothing is known of that.</param>
/// <param name="UsedWh">Energy that it uses meanwhile, Wh, 0 or more.</param>
public readonly record struct ExpectedGap(long FromMs, long ToMs, int UsedWh)
{
    /// <summary>A value of those below of which nothing is known.</summary>
    public const int NotKnown = -1;

    /// <summary>Energy owed when it leaves, Wh: known of a departure that is over, and told again.</summary>
    public int OwedWh { get; init; } = NotKnown;

    /// <summary>Charging power of the stay that follows, W.</summary>
    public int ChargeW { get; init; } = NotKnown;

    /// <summary>Discharging power of the stay that follows, W.</summary>
    public int DischargeW { get; init; } = NotKnown;
}
