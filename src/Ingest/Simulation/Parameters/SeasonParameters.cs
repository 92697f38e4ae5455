namespace Movc.Ingest.Simulation.Parameters;

/// <summary>The week that stands for a season's load (model.md §8).</summary>
/// <param name="Season">Which season.</param>
/// <param name="Pvdr">Weekly median of (L_p − L_v)/L_p, 0 to 1.</param>
/// <param name="ToPeak">True: the week's highest load is the level; false: its mean is.</param>
/// <param name="LevelMw">What the week is scaled to, MW.</param>
public sealed record SeasonParameters(Season Season, double Pvdr, bool ToPeak, double LevelMw);
