namespace Movc.Domain.Dispatch;

/// <summary>A vehicle whose need cannot be reached; it was lowered to the reachable before the solve.</summary>
/// <param name="Vehicle">Index in the instance.</param>
/// <param name="Reason">As "needed at departure is out of reach".</param>
/// <param name="WantedWh">What was asked, Wh.</param>
/// <param name="ReachableWh">What can be had, Wh.</param>
public sealed record InfeasibleVehicle(int Vehicle, string Reason, int WantedWh, int ReachableWh);
