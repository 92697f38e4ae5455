using Movc.Studies.Points;
using Movc.Studies.Sweeps;

namespace Movc.Studies.Output;

/// <summary>results.json: everything but curves and times.</summary>
/// <param name="Schema">Grows when a name changes its meaning.</param>
/// <param name="Version">Of the program.</param>
/// <param name="Study">Its name.</param>
/// <param name="Title">For people.</param>
/// <param name="Question">What it answers.</param>
/// <param name="Settings">What all points share.</param>
/// <param name="Cities">What they stand on, with every assumed value.</param>
/// <param name="Points">In order; a point is known by its number, from 1.</param>
internal sealed record StudyDocument(
    int Schema, string Version, string Study, string Title, string Question, StudySettings Settings, IReadOnlyList<StudyCity> Cities, IReadOnlyList<PointResult> Points)
{
    public static StudyDocument Of(StudyResult study, string version) => new(
        1, version, study.Plan.Name, study.Plan.Title, study.Plan.Question, study.Settings, study.Cities, [.. study.Points.Select(p => p.Figures)]);
}
