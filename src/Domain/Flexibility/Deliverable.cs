namespace Movc.Domain.Flexibility;

/// <summary>Whether the vehicles can deliver what was asked.</summary>
public enum Deliverable : byte
{
    /// <summary>They can: a schedule was found that keeps every promise.</summary>
    Yes = 0,

    /// <summary>They cannot: no schedule that keeps the promises delivers so much, which is certified.</summary>
    No = 1,

    /// <summary>Neither a schedule nor a proof was found in the time: it lies close under what is possible at most.</summary>
    NotShown = 2,
}
