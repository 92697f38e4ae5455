namespace Movc.EventLog;

/// <summary>Whoever read this partition is gone, so a record sent now would be lost in silence.</summary>
public sealed class LogClosedException : Exception
{
    public LogClosedException(string message)
        : base(message)
    {
    }
}
