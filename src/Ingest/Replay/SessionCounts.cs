namespace Movc.Ingest.Replay;

/// <summary>What became of the rows of a session file. Rows = Used + Malformed + ZeroLength + Overlapping.</summary>
/// <param name="Rows">Rows of the file.</param>
/// <param name="Users">Users with a session that is used: the vehicles.</param>
/// <param name="Used">Sessions that become events.</param>
/// <param name="Substituted">Of those, plug-outs that the next plug-in stands in for.</param>
/// <param name="Open">Of those, sessions without any end.</param>
/// <param name="Malformed">Put aside: a value not told that is needed, or one that contradicts another.</param>
/// <param name="ZeroLength">Put aside: plugged in and out in the same instant.</param>
/// <param name="Overlapping">Put aside: begins before the user's session before it ends.</param>
public sealed record SessionCounts(
    int Rows, int Users, int Used, int Substituted, int Open, int Malformed, int ZeroLength, int Overlapping);
