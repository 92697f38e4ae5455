namespace Movc.TwinState;

/// <summary>How a twin runs.</summary>
/// <param name="ClockSource">CloudEvents source whose progress is the city's clock.</param>
public sealed record TwinOptions(string ClockSource);
