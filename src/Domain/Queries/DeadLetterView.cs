namespace Movc.Domain.Queries;

/// <summary>A dead letter as the API shows it.</summary>
public sealed record DeadLetterView(
    long Id,
    DateTimeOffset RecordedAt,
    string Reason,
    string Detail,
    string Source,
    string Reference,
    string? Vehicle,
    string PayloadBase64);
