namespace Movc.Output;

/// <summary>What the PVDR of a summary stands on.</summary>
internal sealed record PvdrWindow(int RealizedSlots, int PlannedSlots);
