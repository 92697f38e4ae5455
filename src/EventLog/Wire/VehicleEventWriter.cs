using System.Buffers.Text;
using Google.Protobuf;
using Movc.Domain.Events;
using Movc.EventLog.Records;
using Movc.EventLog.Wire.V1;

namespace Movc.EventLog.Wire;

/// <summary>Writes vehicle events and source progress as CloudEvents in binary mode into record batches.</summary>
public static class VehicleEventWriter
{
    /// <summary>Appends an event of a source that numbers its events.</summary>
    /// <param name="batch">Batch of the vehicle's partition.</param>
    /// <param name="source">CloudEvents source, UTF-8.</param>
    /// <param name="vehicleId">Key and subject, UTF-8.</param>
    /// <param name="sequence">Dense per source and partition, from 1; doubles as the event's id within source and partition.</param>
    /// <param name="partition">Partition, part of the id so that ids are unique within the source.</param>
    /// <param name="e">The fact.</param>
    public static void Append(RecordBatch batch, ReadOnlySpan<byte> source, ReadOnlySpan<byte> vehicleId, long sequence, int partition, in VehicleEvent e)
    {
        AppendIdentity(batch, vehicleId, sequence, partition);
        AppendRest(batch, source, vehicleId, EventSchemas.Of(e.Type), e.OccurredAtMs, e.Quality);
        Span<byte> payload = stackalloc byte[PayloadWriter.MaxBytes];
        batch.End(payload[..PayloadWriter.Write(in e, payload)]);
    }

    /// <summary>Appends an event of a source that numbers its events, its payload as it is.</summary>
    public static void Append(
        RecordBatch batch, ReadOnlySpan<byte> source, ReadOnlySpan<byte> vehicleId, long sequence, int partition,
        EventSchema schema, long occurredAtMs, Quality quality, ReadOnlySpan<byte> payload)
    {
        AppendIdentity(batch, vehicleId, sequence, partition);
        AppendRest(batch, source, vehicleId, schema, occurredAtMs, quality);
        batch.End(payload);
    }

    /// <summary>Appends an event of a source that gives ids only.</summary>
    public static void Append(RecordBatch batch, ReadOnlySpan<byte> source, ReadOnlySpan<byte> vehicleId, ReadOnlySpan<byte> id, in VehicleEvent e)
    {
        batch.Begin(vehicleId);
        batch.AddHeader(CloudEventHeaders.SpecVersion, "1.0"u8);
        batch.AddHeader(CloudEventHeaders.Id, id);
        AppendRest(batch, source, vehicleId, EventSchemas.Of(e.Type), e.OccurredAtMs, e.Quality);
        Span<byte> payload = stackalloc byte[PayloadWriter.MaxBytes];
        batch.End(payload[..PayloadWriter.Write(in e, payload)]);
    }

    /// <summary>Appends the mark that everything before the instant has been sent to this partition.</summary>
    public static void AppendProgress(RecordBatch batch, ReadOnlySpan<byte> source, long atMs, long nextSequence)
    {
        Span<byte> time = stackalloc byte[Rfc3339.Length];
        Rfc3339.Format(atMs, time);
        batch.Begin([]);
        batch.AddHeader(CloudEventHeaders.SpecVersion, "1.0"u8);
        batch.AddHeader(CloudEventHeaders.Id, time);
        batch.AddHeader(CloudEventHeaders.Source, source);
        batch.AddHeader(CloudEventHeaders.Type, EventSchemas.SourceProgressedUtf8);
        batch.AddHeader(CloudEventHeaders.Time, time);
        var message = new SourceProgressed { AtMs = atMs, NextSequence = nextSequence };
        message.WriteTo(batch.End(message.CalculateSize()));
    }

    private static void AppendIdentity(RecordBatch batch, ReadOnlySpan<byte> vehicleId, long sequence, int partition)
    {
        Span<byte> text = stackalloc byte[48];
        batch.Begin(vehicleId);
        batch.AddHeader(CloudEventHeaders.SpecVersion, "1.0"u8);
        Utf8Formatter.TryFormat(partition, text, out int used);
        text[used++] = (byte)'-';
        Utf8Formatter.TryFormat(sequence, text[used..], out int digits);
        batch.AddHeader(CloudEventHeaders.Id, text[..(used + digits)]);
        batch.AddHeader(CloudEventHeaders.Sequence, text.Slice(used, digits));
    }

    private static void AppendRest(RecordBatch batch, ReadOnlySpan<byte> source, ReadOnlySpan<byte> vehicleId, EventSchema schema, long occurredAtMs, Quality quality)
    {
        Span<byte> time = stackalloc byte[Rfc3339.Length];
        Rfc3339.Format(occurredAtMs, time);
        batch.AddHeader(CloudEventHeaders.Source, source);
        batch.AddHeader(CloudEventHeaders.Type, EventSchemas.Utf8(schema));
        batch.AddHeader(CloudEventHeaders.Time, time);
        batch.AddHeader(CloudEventHeaders.Subject, vehicleId);
        if (quality != Quality.Good) batch.AddHeader(CloudEventHeaders.Quality, QualityNames.Utf8(quality));
        batch.AddHeader(CloudEventHeaders.ContentType, CloudEventHeaders.Protobuf);
    }
}
