namespace Movc.Domain.Dispatch;

/// <summary>What a solve came to.</summary>
public enum DispatchStatus : byte
{
    /// <summary>Every need is met; the gap is certified.</summary>
    Solved = 0,

    /// <summary>Some needs could not be reached and were lowered; the rest is as Solved.</summary>
    Repaired = 1,

    /// <summary>Solved, but the certified gap is over what was asked.</summary>
    LooseGap = 2,

    /// <summary>No vehicle to dispatch: the load stands as it is.</summary>
    Empty = 3,
}
