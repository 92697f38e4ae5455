namespace Movc.Studies.Sweeps;

/// <summary>A study before it is run.</summary>
/// <param name="Name">Small letters, digits and hyphens: its folder's name.</param>
/// <param name="Title">For people.</param>
/// <param name="Question">What it answers, a sentence.</param>
/// <param name="Grids">What it varies; a point in several of them is run once.</param>
public sealed record StudyPlan(string Name, string Title, string Question, IReadOnlyList<StudyGrid> Grids);
