namespace Movc.Database;

/// <summary>Another writer took this shard, or the plans, over; what this one still holds must not be written.</summary>
public sealed class StoreFencedException : Exception
{
    public StoreFencedException(string message)
        : base(message)
    {
    }
}
