namespace Movc.Domain.Fleet;

/// <summary>Ids of a shard's vehicles by local index. Append-only, so a reader may hold it while the shard goes on.</summary>
public interface IVehicleIds
{
    int Count { get; }

    /// <summary>UTF-8 id of the vehicle with the local index.</summary>
    ReadOnlySpan<byte> Utf8(int index);
}
