namespace Movc.Ingest.Publishing;

/// <summary>
/// How fast a city's clock turns, changed by anybody while it does: a speed, a pause, a step, a hurry to an instant. It decides only
/// when events are sent, never which. One clock waits on it.
/// </summary>
public sealed class Pace : IDisposable
{
    private readonly TimeProvider _clock;
    private readonly Lock _lock = new();
    private readonly AutoResetEvent _changed = new(initialState: false);
    private double? _speed;
    private bool _paused;
    private long _stepUntilMs = long.MinValue;
    private long _hurryUntilMs = long.MinValue;
    private long _anchorWall;
    private long _anchorMs = long.MinValue;
    private bool _holds;

    /// <param name="speed">City seconds per wall second, over 0; null = as fast as it goes.</param>
    /// <param name="clock">Wall clock.</param>
    public Pace(double? speed, TimeProvider clock)
    {
        _speed = speed;
        _clock = clock;
    }

    /// <summary>City seconds per wall second; null = as fast as it goes.</summary>
    public double? Speed
    {
        get { lock (_lock) return _speed; }
        set => Change(() => _speed = value);
    }

    /// <summary>Whether the clock stands, or will when the step or hurry under way has ended.</summary>
    public bool IsPaused
    {
        get { lock (_lock) return _paused; }
    }

    /// <summary>Whether the clock stands still now because it is paused.</summary>
    public bool Holds
    {
        get { lock (_lock) return _paused && _holds; }
    }

    public void Pause() => Change(() => _paused = true);

    public void Play() => Change(() => _paused = false);

    /// <summary>Goes on to an instant at once, then stands.</summary>
    public void StepTo(long cityMs) => Change(() => (_paused, _stepUntilMs) = (true, cityMs));

    /// <summary>Goes on to an instant as fast as it goes, then at its speed or, paused, stands; a step under way ends there too.</summary>
    public void HurryTo(long cityMs) => Change(() => (_hurryUntilMs, _stepUntilMs) = (cityMs, long.MinValue));

    /// <summary>Waits until the clock may leave an instant.</summary>
    /// <returns>Whether it is to go in small steps at its speed; else as far as <see cref="HurryEnd"/>.</returns>
    internal bool WaitToLeave(long atMs, CancellationToken cancellationToken)
    {
        while (true)
        {
            lock (_lock)
            {
                _holds = false;
                if (atMs < _hurryUntilMs || atMs < _stepUntilMs) return false;
                if (!_paused)
                {
                    if (_anchorMs == long.MinValue) Anchor(atMs);
                    return _speed is not null;
                }
                _holds = true;
                _anchorMs = long.MinValue;
            }
            Wait(Timeout.InfiniteTimeSpan, cancellationToken);
        }
    }

    /// <summary>The furthest that a clock in a hurry may go from an instant in one step.</summary>
    internal long HurryEnd(long atMs)
    {
        lock (_lock)
        {
            // Without a goal, or with one in the past, to the interval's end; the caller cuts there.
            long goal = Math.Max(_hurryUntilMs, _stepUntilMs);
            return goal > atMs ? goal : long.MaxValue;
        }
    }

    /// <summary>Waits until the clock may show an instant that it went to at its speed.</summary>
    internal void WaitToArrive(long atMs, CancellationToken cancellationToken)
    {
        while (true)
        {
            TimeSpan due;
            lock (_lock)
            {
                if (_paused || _speed is not { } speed || atMs < _hurryUntilMs || _anchorMs == long.MinValue) return;
                due = TimeSpan.FromMilliseconds((atMs - _anchorMs) / speed) - _clock.GetElapsedTime(_anchorWall);
            }
            if (due <= TimeSpan.Zero) return;
            Wait(due, cancellationToken);
        }
    }

    public void Dispose() => _changed.Dispose();

    private void Wait(TimeSpan atMost, CancellationToken cancellationToken)
    {
        WaitHandle.WaitAny([cancellationToken.WaitHandle, _changed], atMost);
        cancellationToken.ThrowIfCancellationRequested();
    }

    private void Anchor(long atMs) => (_anchorWall, _anchorMs) = (_clock.GetTimestamp(), atMs);

    private void Change(Action change)
    {
        lock (_lock)
        {
            change();
            _anchorMs = long.MinValue;
        }
        _changed.Set();
    }
}
