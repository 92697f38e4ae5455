namespace Movc.Ingest.Simulation.Parameters;

/// <summary>The week that stands for a season's load (model.md §8).</summary>
/// <param name="Season">Which season.</param>
/// <param name="Pvdr">Weekly median of (L_p − L_v)/L_p, 0 to 1.</param>
/// <param name="Month">The month whose level it takes.</param>
/// <param name="MonthOverJuly">That month's mean load over July's.</param>
public sealed record SeasonParameters(Season Season, double Pvdr, string Month, double MonthOverJuly);
