namespace Movc.Domain.Events;

/// <summary>A record that was put aside: what it was, why, and where it came from, so that it can be mended and sent again.</summary>
/// <param name="RecordedAtMs">When it was put aside, Unix milliseconds UTC.</param>
/// <param name="Reason">Stable reason.</param>
/// <param name="Detail">One sentence for a person: the value and the rule it broke.</param>
/// <param name="Source">CloudEvents source, or the file's name.</param>
/// <param name="Reference">Where in the source: event id, or "line 17". Source and reference together name a dead letter once.</param>
/// <param name="Key">Vehicle, if known.</param>
/// <param name="Payload">The bytes as they came.</param>
public sealed record DeadLetter(
    long RecordedAtMs,
    DeadLetterReason Reason,
    string Detail,
    string Source,
    string Reference,
    string? Key,
    ReadOnlyMemory<byte> Payload);
