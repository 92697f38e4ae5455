namespace Movc.Domain.Queries;

/// <summary>What the source of events is doing.</summary>
public enum RunState : byte
{
    /// <summary>Events flow.</summary>
    Running = 0,

    /// <summary>The source came to its end as planned; the numbers stand still.</summary>
    Finished = 1,

    /// <summary>The source, the store or the optimizer gave up; the numbers no longer follow the city.</summary>
    Failed = 2,
}
