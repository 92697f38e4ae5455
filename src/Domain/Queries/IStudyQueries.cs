namespace Movc.Domain.Queries;

/// <summary>Studies and estimations that were finished on this machine. Called from many threads.</summary>
public interface IStudyQueries
{
    /// <summary>All of them, the newest first.</summary>
    Task<IReadOnlyList<StudyView>> ListAsync(CancellationToken cancellationToken);

    /// <summary>The report of one, a whole page of HTML without scripts; null where there is none of that name.</summary>
    Task<string?> ReportAsync(string name, CancellationToken cancellationToken);
}
