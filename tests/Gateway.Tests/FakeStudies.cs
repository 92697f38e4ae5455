using Movc.Domain.Queries;

namespace Movc.Gateway.Tests;

/// <summary>One study and its report.</summary>
internal sealed class FakeStudies : IStudyQueries
{
    public Task<IReadOnlyList<StudyView>> ListAsync(CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<StudyView>>(
    [
        new StudyView(
            "paper-fig6", "study", "Compensation", "What does it buy?", "0.1.0", DateTimeOffset.UnixEpoch,
            [new StudyPointView("summer", 0.75, null, 0.559, 0.285, 1420, 1673, 1e7, 0.73, 1e-4)], 28),
    ]);

    public Task<string?> ReportAsync(string name, CancellationToken cancellationToken) =>
        Task.FromResult<string?>(string.Equals(name, "paper-fig6", StringComparison.Ordinal) ? "<!doctype html><p>a report</p>" : null);
}
