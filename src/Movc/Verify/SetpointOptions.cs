namespace Movc.Verify;

/// <summary>What <c>movc setpoints</c> was asked for.</summary>
/// <param name="Bundle">File of the plan.</param>
/// <param name="InstanceFolder">Folder of the vehicles.</param>
/// <param name="First">Index in the plan of the first of them; null where it is told otherwise.</param>
/// <param name="IndexFile">CSV with the index of each; null where it is told otherwise.</param>
/// <param name="Out">CSV to write; null for none.</param>
internal sealed record SetpointOptions(string Bundle, string InstanceFolder, int? First, string? IndexFile, string? Out);
