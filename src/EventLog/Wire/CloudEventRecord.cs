using System.Diagnostics;
using System.Text;
using Google.Protobuf;
using Movc.EventLog.Records;

namespace Movc.EventLog.Wire;

/// <summary>A batch of one CloudEvent in binary mode, for what is sent seldom.</summary>
public static class CloudEventRecord
{
    /// <summary>Makes it.</summary>
    /// <param name="key">Record key, or empty.</param>
    /// <param name="id">CloudEvents id, UTF-8.</param>
    /// <param name="source">CloudEvents source, UTF-8.</param>
    /// <param name="type">CloudEvents type, UTF-8.</param>
    /// <param name="atMs">CloudEvents time, Unix milliseconds UTC.</param>
    /// <param name="message">Payload.</param>
    public static RecordBatch Of(ReadOnlySpan<byte> key, ReadOnlySpan<byte> id, ReadOnlySpan<byte> source, ReadOnlySpan<byte> type, long atMs, IMessage message)
    {
        ArgumentNullException.ThrowIfNull(message);
        var batch = new RecordBatch(message.CalculateSize() + 512);
        Begin(batch, key, id, source, type, atMs, CloudEventHeaders.Protobuf);
        message.WriteTo(batch.End(message.CalculateSize()));
        return batch;
    }

    /// <summary>Makes one whose payload is no message.</summary>
    /// <param name="key">Record key, or empty.</param>
    /// <param name="id">CloudEvents id, UTF-8.</param>
    /// <param name="source">CloudEvents source, UTF-8.</param>
    /// <param name="type">CloudEvents type, UTF-8.</param>
    /// <param name="atMs">CloudEvents time, Unix milliseconds UTC.</param>
    /// <param name="payload">Payload.</param>
    /// <param name="contentType">What the payload is.</param>
    public static RecordBatch Of(
        ReadOnlySpan<byte> key, ReadOnlySpan<byte> id, ReadOnlySpan<byte> source, ReadOnlySpan<byte> type, long atMs, ReadOnlySpan<byte> payload, ReadOnlySpan<byte> contentType)
    {
        var batch = new RecordBatch(payload.Length + 512);
        Begin(batch, key, id, source, type, atMs, contentType);
        batch.End(payload);
        return batch;
    }

    private static void Begin(
        RecordBatch batch, ReadOnlySpan<byte> key, ReadOnlySpan<byte> id, ReadOnlySpan<byte> source, ReadOnlySpan<byte> type, long atMs, ReadOnlySpan<byte> contentType)
    {
        Span<byte> time = stackalloc byte[Rfc3339.Length];
        Rfc3339.Format(atMs, time);
        batch.Begin(key);
        batch.AddHeader(CloudEventHeaders.SpecVersion, "1.0"u8);
        batch.AddHeader(CloudEventHeaders.Id, id);
        batch.AddHeader(CloudEventHeaders.Source, source);
        batch.AddHeader(CloudEventHeaders.Type, type);
        batch.AddHeader(CloudEventHeaders.Time, time);
        // W3C trace context, so that what came of a plan can be followed from one process into the next.
        if (Activity.Current is { IdFormat: ActivityIdFormat.W3C, Id: { } trace }) batch.AddHeader(CloudEventHeaders.TraceParent, Encoding.ASCII.GetBytes(trace));
        batch.AddHeader(CloudEventHeaders.ContentType, contentType);
    }
}
