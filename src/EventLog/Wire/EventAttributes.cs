using System.Buffers.Text;
using System.Text.Unicode;
using Movc.Domain.Events;
using Movc.EventLog.Records;

namespace Movc.EventLog.Wire;

/// <summary>The CloudEvents attributes of one record, parsed in place.</summary>
public readonly ref struct EventAttributes
{
    public ReadOnlySpan<byte> Id { get; private init; }

    public ReadOnlySpan<byte> Source { get; private init; }

    public ReadOnlySpan<byte> Type { get; private init; }

    /// <summary>Vehicle.</summary>
    public ReadOnlySpan<byte> Subject { get; private init; }

    /// <summary>Unix milliseconds UTC.</summary>
    public long TimeMs { get; private init; }

    /// <summary>From 1; 0 where the source gives none.</summary>
    public long Sequence { get; private init; }

    public Quality Quality { get; private init; }

    /// <summary>Reads a record's attributes.</summary>
    /// <returns>False with the fault in words when a required attribute is missing or malformed.</returns>
    public static bool TryRead(in LogRecord record, out EventAttributes attributes, out string fault)
    {
        ReadOnlySpan<byte> id = default, source = default, type = default, subject = default, time = default, sequenceText = default, qualityText = default;
        HeaderEnumerator header = record.Headers;
        while (header.MoveNext())
        {
            ReadOnlySpan<byte> name = header.Name;
            if (name.SequenceEqual(CloudEventHeaders.Id)) id = header.Value;
            else if (name.SequenceEqual(CloudEventHeaders.Source)) source = header.Value;
            else if (name.SequenceEqual(CloudEventHeaders.Type)) type = header.Value;
            else if (name.SequenceEqual(CloudEventHeaders.Subject)) subject = header.Value;
            else if (name.SequenceEqual(CloudEventHeaders.Time)) time = header.Value;
            else if (name.SequenceEqual(CloudEventHeaders.Sequence)) sequenceText = header.Value;
            else if (name.SequenceEqual(CloudEventHeaders.Quality)) qualityText = header.Value;
        }
        attributes = default;
        fault = string.Empty;
        if (id.IsEmpty) fault = "the attribute id is missing";
        else if (source.IsEmpty) fault = "the attribute source is missing";
        else if (type.IsEmpty) fault = "the attribute type is missing";
        else if (!Utf8.IsValid(id)) fault = "the attribute id is not UTF-8";
        else if (!Utf8.IsValid(source)) fault = "the attribute source is not UTF-8";
        else if (!Utf8.IsValid(subject.IsEmpty ? record.Key : subject)) fault = "the subject (vehicle id) is not UTF-8";
        long timeMs = 0;
        if (fault.Length == 0 && !Rfc3339.TryParse(time, out timeMs)) fault = "the attribute time is not an RFC 3339 instant";
        long sequence = 0;
        if (fault.Length == 0 && !sequenceText.IsEmpty
            && !(Utf8Parser.TryParse(sequenceText, out sequence, out int used) && used == sequenceText.Length && sequence > 0))
            fault = "the attribute sequence is not a positive whole number";
        Quality quality = Quality.Good;
        if (fault.Length == 0 && !qualityText.IsEmpty && !QualityNames.TryParse(qualityText, out quality))
            fault = "the attribute quality is none of good, stale, invalid, substituted, blocked";
        attributes = new EventAttributes
        {
            Id = id,
            Source = source,
            Type = type,
            Subject = subject.IsEmpty ? record.Key : subject,
            TimeMs = timeMs,
            Sequence = sequence,
            Quality = quality,
        };
        return fault.Length == 0;
    }
}
