namespace Movc.Gateway.Peers;

/// <summary>Whether a process can do its work now.</summary>
/// <param name="IsReady">True when it can.</param>
/// <param name="State">In a word or a line: what it does, or what it waits for.</param>
/// <param name="Since">Wall-clock time since which that holds; null = not known.</param>
public sealed record Readiness(bool IsReady, string State, DateTimeOffset? Since = null);
