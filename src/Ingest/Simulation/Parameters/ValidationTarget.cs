namespace Movc.Ingest.Simulation.Parameters;

/// <summary>What one quantity of a simulated city must come to.</summary>
/// <param name="Quantity">Its name, as <c>movc validate</c> prints it; the unit is in the name.</param>
/// <param name="Target">The published or wanted value.</param>
/// <param name="Low">Smallest value that passes.</param>
/// <param name="High">Largest value that passes.</param>
public sealed record ValidationTarget(string Quantity, double Target, double Low, double High);
