namespace Movc.Ingest.Replay;

/// <summary>One row of a session file as written: readable, but not yet judged. Null = the file says that it does not know.</summary>
/// <param name="Line">Line of the file, from 1.</param>
/// <param name="UserId">The user.</param>
/// <param name="PlugIn">Wall-clock time.</param>
/// <param name="PlugOut">Wall-clock time.</param>
/// <param name="EnergyKwh">Energy taken, kWh; whatever number the file has.</param>
public readonly record struct SessionRow(int Line, string? UserId, DateTime? PlugIn, DateTime? PlugOut, decimal? EnergyKwh);
