namespace Movc.VehicleKernel.Storage;

/// <summary>A need that full charging does not reach, and what it was lowered to.</summary>
/// <param name="Vehicle">Index in the columns.</param>
/// <param name="Kind">Which need.</param>
/// <param name="WantedWh">What was asked, Wh.</param>
/// <param name="ReachableWh">What can be had, Wh.</param>
public readonly record struct LoweredNeed(int Vehicle, NeedKind Kind, int WantedWh, int ReachableWh);
