using Movc.Domain.Dispatch;

namespace Movc.TwinState.Store;

/// <summary>Takes a shard's journal back in its order.</summary>
public interface IJournalVisitor
{
    /// <summary>A vehicle of the shard, in the order of the local index, before any entry.</summary>
    void OnVehicle(int index, ReadOnlySpan<byte> id);

    void OnEvent(in EventRow row, ReadOnlySpan<byte> payload);

    void OnSetpoints(long journalSequence, SetpointBatch batch);
}
