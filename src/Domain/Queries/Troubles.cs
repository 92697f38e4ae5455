namespace Movc.Domain.Queries;

/// <summary>Keeps since when something is amiss; the first time that it is not ends it. From any thread.</summary>
public sealed class Troubles(TimeProvider clock)
{
    private readonly Lock _lock = new();
    private Trouble? _now;

    /// <summary>What is amiss; null = nothing.</summary>
    public Trouble? Now => Volatile.Read(ref _now);

    /// <summary>Notes what is amiss now; null = nothing.</summary>
    public Trouble? Note(string? message)
    {
        lock (_lock)
        {
            Trouble? now = message is null ? null : new Trouble(_now?.Since ?? clock.GetUtcNow(), message);
            Volatile.Write(ref _now, now);
            return now;
        }
    }

    public void Clear()
    {
        if (Now is not null) Note(null);
    }
}
