using Movc.Domain.Events;

namespace Movc.TwinState.Store;

/// <summary>A dead letter with its number in the store.</summary>
public sealed record StoredDeadLetter(long Id, DeadLetter Letter, string ReasonName);
