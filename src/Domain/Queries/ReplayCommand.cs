namespace Movc.Domain.Queries;

/// <summary>What a replay is told to do.</summary>
/// <param name="Action">play, pause, step (one interval, then pause), seek (to <paramref name="At"/>), speed or loop.</param>
/// <param name="Speed">For speed and play: city seconds per wall second, over 0; 0 = as fast as it goes; absent = as it is.</param>
/// <param name="At">For seek: an instant of the replay.</param>
/// <param name="Loop">For loop: whether to begin again at the end.</param>
public sealed record ReplayCommand(string Action, double? Speed = null, DateTimeOffset? At = null, bool? Loop = null);
