using Movc.Domain.Events;

namespace Movc.Domain.Mobility;

/// <summary>A vehicle's stay at a place and the trip after it. Slots count from the simulation's start.</summary>
public struct Stay
{
    /// <summary>An end later than what was simulated.</summary>
    public const int Unknown = int.MaxValue;

    /// <summary>How far beyond the simulated slots an end is looked for: a week.</summary>
    public const int LookAheadSlots = 1008;

    /// <summary>First slot at the place.</summary>
    public int StartSlot;

    /// <summary>Exclusive: the slot in which it leaves. <see cref="Unknown"/> where it lies a week or more beyond what was simulated.</summary>
    public int EndSlot;

    /// <summary>Where.</summary>
    public int Region;

    public PlaceKind Place;

    /// <summary>Road distance of the trip after it, km; 0 where the end is unknown.</summary>
    public float TripKm;
}
