namespace Movc.Domain.Queries;

/// <summary>What keeps a part from its work now while it tries again by itself.</summary>
/// <param name="Since">Wall-clock time since which it lasts.</param>
/// <param name="Message">One line with the remedy.</param>
public sealed record Trouble(DateTimeOffset Since, string Message);
