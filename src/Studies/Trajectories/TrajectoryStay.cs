using Movc.Domain.Events;

namespace Movc.Studies.Trajectories;

/// <summary>A stay of a recorded driver, as it is replayed.</summary>
/// <param name="ArriveMs">Unix milliseconds UTC.</param>
/// <param name="DepartMs">After it.</param>
/// <param name="EastKm">Of the city's reference point.</param>
/// <param name="NorthKm">Of the city's reference point.</param>
/// <param name="Place">What the place is for the driver.</param>
/// <param name="CutAfter">When it ended is not known: the records fall silent.</param>
internal readonly record struct TrajectoryStay(long ArriveMs, long DepartMs, float EastKm, float NorthKm, PlaceKind Place, bool CutAfter);
