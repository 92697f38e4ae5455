namespace Movc.Domain.Aggregators;

/// <summary>What an answer says of the vehicles that it does not name. Stable: sent.</summary>
public enum AckKind : byte
{
    /// <summary>They took their setpoints over.</summary>
    Accepted = 1,

    /// <summary>Their meters show what was asked for.</summary>
    Observed = 2,
}
