namespace Movc.Domain.Queries;

/// <summary>Where a replay stands.</summary>
/// <param name="State">playing, paused, seeking or finished.</param>
/// <param name="Speed">City seconds per wall second; null = as fast as it goes.</param>
/// <param name="At">City instant that it has told everything before.</param>
/// <param name="From">First instant of what is replayed.</param>
/// <param name="To">Instant after the last.</param>
/// <param name="Loop">Whether it begins again at its end.</param>
/// <param name="Source">What is replayed, for people.</param>
public sealed record ReplayView(string State, double? Speed, DateTimeOffset At, DateTimeOffset From, DateTimeOffset To, bool Loop, string Source);
