using System.Diagnostics.Metrics;

namespace Movc.EventLog;

/// <summary>What the log on Kafka tells of itself to whoever listens (docs/operations/telemetry.md).</summary>
internal static class LogMetrics
{
    public const string Name = "Movc.EventLog";

    private static readonly Meter Meter = new(Name);
    private static readonly Lock Lock = new();
    private static readonly List<Func<IEnumerable<Measurement<long>>>> Lags = [];

    public static readonly Counter<long> Sent = Meter.CreateCounter<long>("movc.log.records.sent", "{record}", "Records handed to the cluster");
    public static readonly Counter<long> Received = Meter.CreateCounter<long>("movc.log.records.received", "{record}", "Records handed to a reader");
    public static readonly Counter<long> Pauses = Meter.CreateCounter<long>("movc.log.partition.pauses", "{pause}", "Partitions paused because their reader was behind");

    static LogMetrics() => Meter.CreateObservableGauge("movc.log.reader.lag", Observe, "{record}", "Records of a partition that were not yet handed to its reader");

    /// <summary>Counts a reader's lag in until it is disposed.</summary>
    public static IDisposable WatchLag(Func<IEnumerable<Measurement<long>>> lag)
    {
        lock (Lock) Lags.Add(lag);
        return new Watch(lag);
    }

    private static IEnumerable<Measurement<long>> Observe()
    {
        lock (Lock) return [.. Lags.SelectMany(l => l())];
    }

    private sealed class Watch(Func<IEnumerable<Measurement<long>>> lag) : IDisposable
    {
        public void Dispose()
        {
            lock (Lock) Lags.Remove(lag);
        }
    }
}
