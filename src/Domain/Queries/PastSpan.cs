namespace Movc.Domain.Queries;

/// <summary>The time that the store knows of.</summary>
/// <param name="From">Start of the first interval.</param>
/// <param name="To">End of the last one that has begun.</param>
public sealed record PastSpan(DateTimeOffset From, DateTimeOffset To);
