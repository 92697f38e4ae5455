namespace Movc.EventLog.Records;

/// <summary>One record, a view into its batch.</summary>
public readonly ref struct LogRecord
{
    internal LogRecord(ReadOnlySpan<byte> key, ReadOnlySpan<byte> headerBlock, ReadOnlySpan<byte> value)
    {
        Key = key;
        HeaderBlock = headerBlock;
        Value = value;
    }

    public ReadOnlySpan<byte> Key { get; }

    public ReadOnlySpan<byte> Value { get; }

    /// <summary>Headers as laid out in <see cref="RecordBatch"/>.</summary>
    public ReadOnlySpan<byte> HeaderBlock { get; }

    public HeaderEnumerator Headers => new(HeaderBlock);
}
