using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Movc.Domain.Queries;
using Movc.Gateway.Live;

namespace Movc.Gateway.Frames;

/// <summary>
/// Looks at the twin when the bell rings and at least once a period, and publishes a frame when the picture changed.
/// One reader of the ports for all pages, so that a thousand pages cost the twin no more than one.
/// </summary>
internal sealed partial class FrameFeed(
    GatewayPorts ports, GatewayOptions options, FrameFanOut fanOut, TimeProvider time, ILogger<FrameFeed> log) : BackgroundService
{
    private readonly TaskCompletionSource _first = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private byte[] _fingerprint = [];
    private volatile string? _failure;

    /// <summary>Why the last look failed, or null when it did not.</summary>
    public string? Failure => _failure;

    /// <summary>The picture that pages show, waiting for the first one at most the given time; null if none came.</summary>
    public async Task<CityPicture?> LatestAsync(TimeSpan longest, CancellationToken cancellationToken)
    {
        if (fanOut.Latest is null)
        {
            try
            {
                await _first.Task.WaitAsync(longest, time, cancellationToken);
            }
            catch (TimeoutException)
            {
                return null;
            }
        }
        return fanOut.Latest;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // Leave the caller's thread: the host must not wait for the first look.
        await Task.Yield();
        try
        {
            while (true)
            {
                await LookAsync(stoppingToken);
                await Task.Delay(options.MinFrameSpacing, time, stoppingToken);
                await ports.Signal.WaitAsync(options.FramePeriod, time, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The gateway stops.
        }
    }

    private async Task LookAsync(CancellationToken cancellationToken)
    {
        try
        {
            CityPicture picture = await ComposeAsync(cancellationToken);
            byte[] fingerprint = picture.Fingerprint();
            if (!fingerprint.AsSpan().SequenceEqual(_fingerprint))
            {
                fanOut.Publish(picture, time.GetUtcNow());
                _fingerprint = fingerprint;
                _first.TrySetResult();
            }
            if (_failure is not null) LogRecovered();
            _failure = null;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw;
        }
#pragma warning disable CA1031 // Whatever a port throws, the pages keep the last frame and health tells; the loop must live.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            // Once per outage, not once per second.
            if (_failure is null) LogFailed(exception);
            _failure = exception.Message;
        }
    }

    private async Task<CityPicture> ComposeAsync(CancellationToken cancellationToken)
    {
        TwinStatus status = await ports.Twin.StatusAsync(cancellationToken);
        PlanView? plan = await ports.Plans.LatestAsync(cancellationToken);
        LoadCurves? history = await ports.Plans.HistoryAsync(
            CityFrameComposer.HistoryFrom(status.At ?? plan?.At, ports.Calendar), cancellationToken);
        CityFrame frame = CityFrameComposer.Compose(status, plan, history, ports.Run, ports.Calendar, time.GetUtcNow()) with { Replay = ports.Replay?.View };
        return new CityPicture(frame, history, plan?.PublishedAt);
    }

    [LoggerMessage(EventId = 5001, Level = LogLevel.Warning, Message = "No new city frame: the twin or the plan cannot be read; pages keep the last one")]
    private partial void LogFailed(Exception exception);

    [LoggerMessage(EventId = 5002, Level = LogLevel.Warning, Message = "City frames flow again")]
    private partial void LogRecovered();
}
