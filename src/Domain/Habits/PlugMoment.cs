namespace Movc.Domain.Habits;

/// <summary>How a vehicle stands at an instant, as far as its coming and going is concerned.</summary>
/// <param name="AtMs">The instant, Unix milliseconds UTC.</param>
/// <param name="IsPlugged">Plugged in.</param>
/// <param name="SinceMs">Since when it is plugged in, or not, Unix milliseconds UTC.</param>
/// <param name="DepartureMs">Declared departure, Unix milliseconds UTC; 0 = none.</param>
public readonly record struct PlugMoment(long AtMs, bool IsPlugged, long SinceMs, long DepartureMs);
