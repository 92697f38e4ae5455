using Movc.Domain.Queries;

namespace Movc.Database;

/// <summary>Keeps since when a server is away; the first success ends it.</summary>
internal sealed class StoreTroubles(TimeProvider clock)
{
    private readonly Lock _lock = new();
    private Trouble? _now;

    public Trouble? Now => Volatile.Read(ref _now);

    public void Note(string message)
    {
        lock (_lock) Volatile.Write(ref _now, new Trouble(_now?.Since ?? clock.GetUtcNow(), message));
    }

    public void Clear()
    {
        if (_now is null) return;
        lock (_lock) Volatile.Write(ref _now, null);
    }
}
