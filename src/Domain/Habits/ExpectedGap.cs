namespace Movc.Domain.Habits;

/// <summary>A time for which a vehicle is expected to be away from the plug.</summary>
/// <param name="FromMs">When it leaves, or left, Unix milliseconds UTC.</param>
/// <param name="ToMs">When it plugs in again, Unix milliseconds UTC; <see cref="long.MaxValue"/> = nothing is known of that.</param>
/// <param name="UsedWh">Energy that it uses meanwhile, Wh, 0 or more.</param>
public readonly record struct ExpectedGap(long FromMs, long ToMs, int UsedWh);
