namespace Movc.EventLog;

/// <summary>The log cannot be reached, or is not what it should be; the message is one line with the remedy.</summary>
public sealed class LogException : Exception
{
    public LogException(string message)
        : base(message)
    {
    }

    public LogException(string message, Exception inner)
        : base(message, inner)
    {
    }
}
