using Movc.Domain;
using Movc.Domain.Queries;
using Movc.Domain.Time;
using Movc.Ingest.Publishing;

namespace Movc.Composition;

/// <summary>Controls a replay: the pace of its clock, and jumps, which end the present session so that another begins elsewhere.</summary>
internal sealed class ReplayControl : IReplayControl, IDisposable
{
    private readonly Pace _pace;
    private readonly Lock _lock = new();
    private readonly (long FromMs, long ToMs) _span;
    private readonly string _source;
    private readonly bool _jumpsForward;
    private CancellationTokenSource _jump = new();
    private long? _wantedMs;
    private long? _takenMs;
    private long _wishedMs;
    private Func<long> _nowMs;
    private bool _loop;
    private bool _finished;

    /// <param name="pace">Of the clock.</param>
    /// <param name="span">First instant and the one after the last, Unix milliseconds UTC.</param>
    /// <param name="source">What is replayed, for people.</param>
    /// <param name="jumpsForward">Whether what lies ahead can be jumped to; else it is hurried through.</param>
    public ReplayControl(Pace pace, (long FromMs, long ToMs) span, string source, bool jumpsForward)
    {
        _pace = pace;
        _span = span;
        _source = source;
        _jumpsForward = jumpsForward;
        _nowMs = () => span.FromMs;
        _wishedMs = span.FromMs;
    }

    /// <summary>Begins again at its end.</summary>
    public bool Loop
    {
        init => _loop = value;
    }

    public ReplayView View
    {
        get
        {
            lock (_lock)
            {
                long? towardsMs = _wantedMs ?? _takenMs;
                long atMs = towardsMs ?? _nowMs();
                string state = towardsMs is not null || atMs < _wishedMs ? "seeking" : _finished ? "finished" : _pace.IsPaused ? "paused" : "playing";
                return new ReplayView(state, _pace.Speed, At(Math.Max(atMs, _span.FromMs)), At(_span.FromMs), At(_span.ToMs), _loop, _source);
            }
        }
    }

    /// <summary>Fires when the present session is to end for a jump.</summary>
    public CancellationToken JumpToken
    {
        get { lock (_lock) return _jump.Token; }
    }

    public ReplayView Do(ReplayCommand command)
    {
        switch (command.Action)
        {
            case "play":
                if (command.Speed is not null) SetSpeed(command.Speed);
                if (_finished) Seek(_span.FromMs);
                _pace.Play();
                break;
            case "pause":
                _pace.Pause();
                break;
            case "step":
                if (_finished) throw new InputException("the replay has ended; seek back first");
                _pace.StepTo(Slots.Floor(_nowMs()) + Slots.Ms);
                break;
            case "speed":
                SetSpeed(command.Speed);
                break;
            case "seek":
                Seek(command.At?.ToUnixTimeMilliseconds() ?? throw new InputException("seek needs at: an instant in ISO 8601 with its offset"));
                break;
            case "loop":
                bool loop = command.Loop ?? throw new InputException("loop needs loop: true or false");
                lock (_lock) _loop = loop;
                if (loop && _finished) Jump(_span.FromMs);
                break;
            default:
                throw new InputException($"\"{command.Action}\" is no action; give play, pause, step, seek, speed or loop");
        }
        return View;
    }

    /// <summary>A session begins.</summary>
    /// <param name="nowMs">Tells the city instant that it has come to.</param>
    public void Begin(Func<long> nowMs)
    {
        lock (_lock)
        {
            _nowMs = nowMs;
            _finished = false;
            // A jump that was asked for since stays wanted.
            _takenMs = null;
        }
    }

    /// <summary>The source has come to its end.</summary>
    public void Finish()
    {
        bool again;
        lock (_lock)
        {
            _finished = true;
            again = _loop;
        }
        if (again) Jump(_span.FromMs);
    }

    /// <summary>Where to begin the next session, Unix milliseconds UTC; null = nobody asked for one.</summary>
    public long? TakeJump()
    {
        lock (_lock)
        {
            if (_wantedMs is not { } wanted) return null;
            (_wantedMs, _takenMs) = (null, wanted);
            // The old one is left to the collector: who asked for the jump may still be calling it.
            _jump = new CancellationTokenSource();
            // To its interval's boundary by the seed, the rest as fast as it goes.
            _pace.HurryTo(wanted);
            return wanted;
        }
    }

    public void Dispose() => _jump.Dispose();

    private void SetSpeed(double? speed)
    {
        if (speed is not { } value || !(value >= 0) || value > 1e6) throw new InputException("speed needs speed: a number over 0, as 60, or 0 for as fast as it goes");
        _pace.Speed = value == 0 ? null : value;
    }

    private void Seek(long atMs)
    {
        if (atMs < _span.FromMs || atMs > _span.ToMs) throw new InputException(FormattableString.Invariant($"{At(atMs):yyyy-MM-dd HH:mm:ss}Z lies outside the replay; give an instant from {At(_span.FromMs):yyyy-MM-dd HH:mm}Z to {At(_span.ToMs):yyyy-MM-dd HH:mm}Z"));
        if (!_jumpsForward && !_finished && atMs >= _nowMs())
        {
            lock (_lock) _wishedMs = atMs;
            _pace.HurryTo(atMs);
            return;
        }
        Jump(atMs);
    }

    private void Jump(long atMs)
    {
        CancellationTokenSource jump;
        lock (_lock)
        {
            _wantedMs = _wishedMs = atMs;
            jump = _jump;
        }
        // Not under the lock: what this wakes asks for the state. Where the jump was taken meanwhile, nothing listens any more.
        jump.Cancel();
    }

    private static DateTimeOffset At(long ms) => DateTimeOffset.FromUnixTimeMilliseconds(ms);
}
