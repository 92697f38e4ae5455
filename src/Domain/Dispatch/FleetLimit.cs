namespace Movc.Domain.Dispatch;

/// <summary>What some of a problem's vehicles may draw and deliver together, as behind one transformer.</summary>
/// <param name="Name">What is limited, for people.</param>
/// <param name="Vehicle">Indices of the vehicles, rising; no vehicle is under two limits.</param>
/// <param name="MaxKw">Highest net power, kW per slot, charging positive; may be negative where they must deliver. +∞ = not limited.</param>
/// <param name="MinKw">Lowest net power, kW per slot, at most <paramref name="MaxKw"/>; −∞ = not limited.</param>
public sealed record FleetLimit(string Name, int[] Vehicle, double[] MaxKw, double[] MinKw);
