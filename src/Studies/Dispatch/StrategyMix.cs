namespace Movc.Studies.Dispatch;

/// <summary>Who takes part in a dispatch, and how.</summary>
public enum StrategyMix
{
    /// <summary>Each owner as the willingness has it: VWS, VWC or not at all.</summary>
    Willing = 0,

    /// <summary>Everybody, whenever staying.</summary>
    Vws = 1,

    /// <summary>Everybody, within charging sessions only.</summary>
    Vwc = 2,

    /// <summary>Everybody, within charging sessions only and without discharging.</summary>
    Smart = 3,
}
