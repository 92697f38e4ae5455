using System.Reactive.Concurrency;

namespace Movc.Ingest.Replay;

/// <summary>A scheduler whose clock is city time in Unix milliseconds and moves only when it is told to.</summary>
internal sealed class VirtualCityClock(long nowMs) : VirtualTimeScheduler<long, long>(nowMs, Comparer<long>.Default)
{
    protected override long Add(long absolute, long relative) => absolute + relative;

    protected override DateTimeOffset ToDateTimeOffset(long absolute) => DateTimeOffset.FromUnixTimeMilliseconds(absolute);

    protected override long ToRelative(TimeSpan timeSpan) => timeSpan.Ticks / TimeSpan.TicksPerMillisecond;
}
