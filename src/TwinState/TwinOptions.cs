using Movc.Domain.Charging;

namespace Movc.TwinState;

/// <summary>How a twin runs.</summary>
/// <param name="ClockSource">CloudEvents source whose progress is the city's clock.</param>
/// <param name="Unmanaged">How vehicles charge that nobody dispatches.</param>
public sealed record TwinOptions(string ClockSource, UnmanagedCharging Unmanaged);
