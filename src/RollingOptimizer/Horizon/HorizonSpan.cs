namespace Movc.RollingOptimizer.Horizon;

/// <summary>A horizon in slots.</summary>
/// <param name="Slots">Its length.</param>
/// <param name="Anchor">Boundary at which vehicles hold what Charge Only would have left in them, 1 to <paramref name="Slots"/>.</param>
internal readonly record struct HorizonSpan(int Slots, int Anchor);
