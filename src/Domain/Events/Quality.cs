namespace Movc.Domain.Events;

/// <summary>
/// How far a value can be trusted, in the words of IEC 60870-5-104: NT (stale), IV (invalid), SB (substituted), BL (blocked).
/// Numbers are stored: never renumber.
/// </summary>
public enum Quality : byte
{
    Good = 0,
    Stale = 1,
    Invalid = 2,
    /// <summary>Simulated or imputed in place of a measurement.</summary>
    Substituted = 3,
    Blocked = 4,
}
