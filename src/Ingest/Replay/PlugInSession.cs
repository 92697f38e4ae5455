using Movc.Domain.Events;

namespace Movc.Ingest.Replay;

/// <summary>One session that the replay uses.</summary>
/// <param name="User">Index of the user.</param>
/// <param name="StartMs">Plug-in, Unix milliseconds UTC.</param>
/// <param name="EndMs">Plug-out, Unix milliseconds UTC; <see cref="Open"/> where nothing tells it.</param>
/// <param name="EnergyWh">Energy taken, Wh, 0 or more.</param>
/// <param name="EndQuality">Good as told by the file, Substituted where the next plug-in stands in for it.</param>
public readonly record struct PlugInSession(int User, long StartMs, long EndMs, int EnergyWh, Quality EndQuality)
{
    /// <summary>The end of a session that has none: the vehicle stays plugged in.</summary>
    public const long Open = long.MaxValue;

    public bool IsOpen => EndMs == Open;
}
