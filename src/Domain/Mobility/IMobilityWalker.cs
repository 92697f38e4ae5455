namespace Movc.Domain.Mobility;

/// <summary>Walks one vehicle after the other through its life. Not for several threads at once; allocates nothing once warm.</summary>
public interface IMobilityWalker
{
    /// <summary>Simulates a vehicle from slot 0, a Monday's 0:00 plus the offset, to a slot.</summary>
    /// <param name="vehicleKey">Key of its random streams: the same gives the same life, longer or shorter.</param>
    /// <param name="firstSlotOfWeek">Slot of the week at slot 0, 0 to 1,007.</param>
    /// <param name="untilSlot">Stays that begin before it are told.</param>
    /// <param name="stays">Cleared, then filled in time order; the last may end beyond <paramref name="untilSlot"/>.</param>
    /// <returns>The vehicle's home region.</returns>
    int Walk(ulong vehicleKey, int firstSlotOfWeek, int untilSlot, StayList stays);
}
