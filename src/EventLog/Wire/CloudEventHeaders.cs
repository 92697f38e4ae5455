namespace Movc.EventLog.Wire;

/// <summary>Header names of CloudEvents 1.0 in Kafka's binary mode, with the two extensions that Movc uses.</summary>
public static class CloudEventHeaders
{
    public static ReadOnlySpan<byte> SpecVersion => "ce_specversion"u8;

    public static ReadOnlySpan<byte> Id => "ce_id"u8;

    public static ReadOnlySpan<byte> Source => "ce_source"u8;

    public static ReadOnlySpan<byte> Type => "ce_type"u8;

    /// <summary>RFC 3339, UTC.</summary>
    public static ReadOnlySpan<byte> Time => "ce_time"u8;

    public static ReadOnlySpan<byte> Subject => "ce_subject"u8;

    public static ReadOnlySpan<byte> PartitionKey => "ce_partitionkey"u8;

    /// <summary>Extension "sequence": decimal, dense per source and partition, from 1.</summary>
    public static ReadOnlySpan<byte> Sequence => "ce_sequence"u8;

    /// <summary>Extension "quality": good (default), stale, invalid, substituted, blocked.</summary>
    public static ReadOnlySpan<byte> Quality => "ce_quality"u8;

    public static ReadOnlySpan<byte> TraceParent => "traceparent"u8;

    public static ReadOnlySpan<byte> ContentType => "content-type"u8;

    public static ReadOnlySpan<byte> Protobuf => "application/protobuf"u8;
}
