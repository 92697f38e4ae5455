namespace Movc.TwinState.Store;

/// <summary>A stretch of a shard's journal.</summary>
/// <param name="After">Entries with a higher sequence; 0 = from the beginning.</param>
/// <param name="Through">Up to and with this one; <see cref="long.MaxValue"/> = to the end.</param>
/// <param name="FromVehicle">Vehicles with this local index or a higher one come first; those before are known to who asks. <see cref="int.MaxValue"/> = none.</param>
public readonly record struct JournalRange(long After, long Through, int FromVehicle = 0)
{
    /// <summary>The whole journal.</summary>
    public static JournalRange All => new(0, long.MaxValue);
}
