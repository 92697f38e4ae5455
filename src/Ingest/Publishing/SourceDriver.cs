using Movc.Domain.Queries;
using Movc.Domain.Sources;
using Movc.Domain.Time;
using Movc.EventLog;

namespace Movc.Ingest.Publishing;

/// <summary>
/// Turns the city's clock: lets a source emit interval after interval, tells the partitions how far the clock is, and paces
/// it against the wall clock. The pace decides only when events are sent, never which.
/// </summary>
public sealed class SourceDriver
{
    /// <summary>City time between two looks at the wall clock when paced, so that a page sees events trickle in.</summary>
    private const long PaceStepMs = 60_000;

    /// <summary>Wall time between two looks at how far the reader is, ms.</summary>
    private const int LookMs = 5;

    private readonly IVehicleEventSource _source;
    private readonly IEventLog _log;
    private readonly DriverOptions _options;
    private readonly Pace _pace;
    private long _cityMs;

    /// <param name="source">What happens.</param>
    /// <param name="log">Where it is sent.</param>
    /// <param name="options">Speed and end.</param>
    /// <param name="clock">Wall clock.</param>
    public SourceDriver(IVehicleEventSource source, IEventLog log, DriverOptions options, TimeProvider clock)
    {
        _source = source;
        _log = log;
        _options = options;
        _pace = options.Pace ?? new Pace(options.Speed, clock);
        _cityMs = source.StartMs;
    }

    /// <summary>City instant that the source has emitted up to, Unix milliseconds UTC.</summary>
    public long CityMs => Interlocked.Read(ref _cityMs);

    /// <summary>Events sent by this driver.</summary>
    public long Sent { get; private set; }

    /// <summary>Runs to the source's end, the given number of intervals, or cancellation.</summary>
    /// <param name="resume">Where each partition stands.</param>
    /// <param name="cancellationToken">Stops between two steps.</param>
    public Task RunAsync(IReadOnlyList<SourcePosition> resume, CancellationToken cancellationToken) =>
        Task.Factory.StartNew(() => Run(resume, cancellationToken), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    /// <summary>The boundary at which this driver ends, <see cref="long.MaxValue"/> = never.</summary>
    public long StopMs(IReadOnlyList<SourcePosition> resume)
    {
        long sourceEnd = _source.EndMs is { } end ? Slots.Ceiling(end) : long.MaxValue;
        return _options.Intervals is { } count ? Math.Min(sourceEnd, From(resume) + (count * Slots.Ms)) : sourceEnd;
    }

    private long From(IReadOnlyList<SourcePosition> resume) => Math.Max(_source.StartMs, resume.Min(r => r.ReachedMs));

    private void Run(IReadOnlyList<SourcePosition> resume, CancellationToken cancellationToken)
    {
        var publisher = new VehicleEventPublisher(_log, _source.SourceUri, resume, cancellationToken);
        long from = From(resume);
        // Told again after a restart where a partition lacks them: the others pass them over, dead letters are stored once.
        if (resume.Any(r => r.ReachedMs == long.MinValue))
        {
            publisher.IsInitial = true;
            _source.EmitInitial(publisher, cancellationToken);
            publisher.IsInitial = false;
        }
        publisher.Send();
        long stop = StopMs(resume);
        publisher.SendProgress(from);
        Interlocked.Exchange(ref _cityMs, from);
        for (long at = from; at < stop;)
        {
            cancellationToken.ThrowIfCancellationRequested();
            // The first intervals go out at once: the reader has reached nothing before they are there.
            while (_options.ReachedMs is { } reached && (_options.WaitsFromStart ? reached() : Math.Max(from, reached())) < at - (_options.LeadIntervals * Slots.Ms))
            {
                if (cancellationToken.WaitHandle.WaitOne(LookMs)) cancellationToken.ThrowIfCancellationRequested();
            }
            bool isPaced = _pace.WaitToLeave(at, cancellationToken);
            long to = Math.Min(isPaced ? at + PaceStepMs : _pace.HurryEnd(at), Slots.Floor(at) + Slots.Ms);
            publisher.ToldAtMs = at;
            _source.Emit(at, to, publisher, cancellationToken);
            at = to;
            // Within an interval somebody watches, or the clock may stand here for long.
            if (isPaced || Slots.Floor(at) != at) publisher.Send();
            if (isPaced) _pace.WaitToArrive(at, cancellationToken);
            Interlocked.Exchange(ref _cityMs, at);
            if (Slots.Floor(at) == at) publisher.SendProgress(at);
            Sent = publisher.Sent;
        }
        publisher.FlushAsync().GetAwaiter().GetResult();
        Sent = publisher.Sent;
    }
}
