namespace Movc.TwinState.Store;

/// <summary>What keeps a store from writing now; it tries again by itself.</summary>
/// <param name="Since">When it began.</param>
/// <param name="Message">One line with the remedy.</param>
public sealed record StoreTrouble(DateTimeOffset Since, string Message);
