namespace Movc.RollingOptimizer.Model;

/// <summary>A trip: slots at which it leaves and arrives, the energy it takes and whether it ends at home.</summary>
internal readonly record struct SyntheticTrip(int Depart, int Arrive, int Wh, bool ToHome);
