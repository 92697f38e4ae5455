namespace Movc.Domain.Operators;

/// <summary>What an operator may hold. Stable: stored by name.</summary>
public enum HoldScope : byte
{
    City = 0,
    District = 1,
    Aggregator = 2,
}
