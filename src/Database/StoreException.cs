namespace Movc.Database;

/// <summary>The store refused or failed; the message is one line with the remedy.</summary>
public sealed class StoreException : Exception
{
    public StoreException(string message)
        : base(message)
    {
    }

    public StoreException(string message, Exception inner)
        : base(message, inner)
    {
    }
}
