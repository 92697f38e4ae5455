namespace Movc.Ingest.Replay;

/// <summary>The judged sessions of a file.</summary>
/// <param name="Users">Ids of the users with a session in use, in ordinal order.</param>
/// <param name="Sessions">Sessions in use, by user, then by plug-in; a user's do not overlap.</param>
/// <param name="Refused">Rows put aside, by line.</param>
/// <param name="Counts">What became of the rows.</param>
public sealed record SessionSet(
    IReadOnlyList<string> Users, IReadOnlyList<PlugInSession> Sessions, IReadOnlyList<RefusedSession> Refused, SessionCounts Counts);
