using Movc.EventLog.Records;

namespace Movc.EventLog;

/// <summary>Records of one partition with the offset of the first.</summary>
/// <param name="FirstOffset">Offset of the batch's first record; the following are dense.</param>
/// <param name="Records">Read only: other groups may share it.</param>
public readonly record struct ConsumedBatch(long FirstOffset, RecordBatch Records)
{
    /// <summary>Offset after the last record.</summary>
    public long NextOffset => FirstOffset + Records.Count;
}
