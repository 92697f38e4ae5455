namespace Movc.Domain.Habits;

/// <summary>
/// A time that a vehicle spent away from the plug, as its habit keeps it: four bytes. Local slot of the day at which it left, slots it
/// was away, energy it used.
/// </summary>
public readonly record struct RememberedGap
{
    /// <summary>Away so long or longer, slots: nearly two days.</summary>
    public const int MaxSlots = byte.MaxValue;

    /// <summary>Energy is kept in steps of so many Wh.</summary>
    public const int WhStep = 4;

    private readonly byte _startSlot;
    private readonly byte _slots;
    private readonly ushort _usedSteps;

    /// <param name="startSlot">Local slot of the day, 0 to 143.</param>
    /// <param name="slots">Slots away, 1 or more; more than <see cref="MaxSlots"/> is kept as that.</param>
    /// <param name="usedWh">0 or more, Wh.</param>
    public RememberedGap(int startSlot, int slots, int usedWh)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)startSlot, (uint)Movc.Domain.Time.Slots.PerDay, nameof(startSlot));
        _startSlot = (byte)startSlot;
        _slots = (byte)Math.Clamp(slots, 1, MaxSlots);
        _usedSteps = (ushort)Math.Clamp((usedWh + (WhStep / 2)) / WhStep, 0, ushort.MaxValue);
    }

    /// <summary>Local slot of the day at which it left.</summary>
    public int StartSlot => _startSlot;

    /// <summary>Slots away, 1 or more.</summary>
    public int SlotsAway => _slots;

    /// <summary>Energy used, Wh.</summary>
    public int UsedWh => _usedSteps * WhStep;
}
