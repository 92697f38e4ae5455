namespace Movc.Domain.Queries;

/// <summary>A finished study or estimation.</summary>
/// <param name="Name">Of its folder.</param>
/// <param name="Kind">study or estimate.</param>
/// <param name="Title">For people.</param>
/// <param name="Question">What it answers.</param>
/// <param name="Version">Of the program that made it.</param>
/// <param name="WrittenAt">When.</param>
/// <param name="Points">Points of a study; none of an estimation.</param>
/// <param name="Assumptions">Values behind it that are own estimates [G].</param>
public sealed record StudyView(
    string Name, string Kind, string Title, string Question, string Version, DateTimeOffset WrittenAt, IReadOnlyList<StudyPointView> Points, int Assumptions);
