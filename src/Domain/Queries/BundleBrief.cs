namespace Movc.Domain.Queries;

/// <summary>A bundle in a line.</summary>
/// <param name="Id">The plan.</param>
/// <param name="At">Interval that it commits.</param>
/// <param name="Hash">Hash of the bundle, hexadecimal.</param>
/// <param name="Size">Its size, bytes.</param>
public sealed record BundleBrief(string Id, DateTimeOffset At, string Hash, long Size);
