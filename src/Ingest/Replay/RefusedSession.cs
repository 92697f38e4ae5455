using Movc.Domain.Events;

namespace Movc.Ingest.Replay;

/// <summary>A row that cannot be used, with the rule that it broke.</summary>
/// <param name="Line">Line of the file, from 1.</param>
/// <param name="UserId">The user, if told.</param>
/// <param name="Reason">Stable reason.</param>
/// <param name="Detail">The values and the rule, one sentence.</param>
/// <param name="Raw">The line's bytes.</param>
public sealed record RefusedSession(int Line, string? UserId, DeadLetterReason Reason, string Detail, ReadOnlyMemory<byte> Raw);
