using Movc.Domain.Queries;

namespace Movc.Gateway.Contracts;

/// <summary>Answer of GET /api/v1/dead-letters.</summary>
/// <param name="Total">Dead letters that match, however many of them are listed.</param>
/// <param name="ByReason">All dead letters by reason, whatever the filter.</param>
/// <param name="Items">Newest first, at most the limit.</param>
public sealed record DeadLetterPage(long Total, IReadOnlyDictionary<string, long> ByReason, IReadOnlyList<DeadLetterView> Items);
