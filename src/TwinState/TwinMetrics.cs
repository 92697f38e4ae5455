using System.Diagnostics;
using System.Diagnostics.Metrics;
using Movc.TwinState.Shards;

namespace Movc.TwinState;

/// <summary>What the twin tells of itself to whoever listens (docs/operations/telemetry.md).</summary>
internal static class TwinMetrics
{
    public const string Name = "Movc.TwinState";

    private static readonly Meter Meter = new(Name);
    private static readonly Lock Lock = new();
    private static readonly List<WeakReference<ShardSet>> Sets = [];

    public static readonly ActivitySource Activities = new(Name);

    public static readonly Histogram<double> AppendDuration = Meter.CreateHistogram<double>("movc.twin.append.duration", "s", "From a transaction's start to its being durable");
    public static readonly Histogram<int> AppendEvents = Meter.CreateHistogram<int>("movc.twin.append.events", "{event}", "Events of a transaction");
    public static readonly Histogram<double> SetpointWait = Meter.CreateHistogram<double>("movc.twin.setpoint.wait", "s", "From a shard's snapshot to the interval's setpoints");
    public static readonly Counter<long> Accepted = Meter.CreateCounter<long>("movc.twin.events.accepted", "{event}", "Events that changed the state");
    public static readonly Counter<long> Duplicate = Meter.CreateCounter<long>("movc.twin.events.duplicate", "{event}", "Events seen before");
    public static readonly Counter<long> DeadLettered = Meter.CreateCounter<long>("movc.twin.events.dead_lettered", "{event}", "Records put aside with a reason");
    public static readonly Counter<long> Departures = Meter.CreateCounter<long>("movc.twin.departures", "{departure}", "Vehicles unplugged");
    public static readonly Counter<long> DeparturesUnderPromise = Meter.CreateCounter<long>("movc.twin.departures.under_promise", "{departure}", "Of these, with less energy than was owed to the driver");

    public static readonly Counter<long> SnapshotsSaved = Meter.CreateCounter<long>("movc.twin.snapshots.saved", "{snapshot}", "States of shards kept beside their journals");
    public static readonly Counter<long> SnapshotsFailed = Meter.CreateCounter<long>("movc.twin.snapshots.failed", "{snapshot}", "Of these, not kept because the store refused");

    static TwinMetrics()
    {
        Meter.CreateObservableUpDownCounter("movc.twin.shards.held", () => Held().Count(), "{shard}", "Shards of this process");
        Meter.CreateObservableUpDownCounter("movc.twin.vehicles.plugged", () => Sum(c => c.Plugged), "{vehicle}", "Vehicles plugged in");
        Meter.CreateObservableUpDownCounter("movc.twin.vehicles.available", () => Sum(c => c.Available), "{vehicle}", "Vehicles that a dispatch may use");
        Meter.CreateObservableUpDownCounter("movc.twin.vehicles.charging", () => Sum(c => c.Charging), "{vehicle}", "Vehicles that draw power");
        Meter.CreateObservableUpDownCounter("movc.twin.vehicles.discharging", () => Sum(c => c.Discharging), "{vehicle}", "Vehicles that deliver power");
    }

    /// <summary>Counts a set of shards in, for as long as it lives.</summary>
    public static void Watch(ShardSet shards)
    {
        lock (Lock)
        {
            Sets.RemoveAll(s => !s.TryGetTarget(out _));
            Sets.Add(new WeakReference<ShardSet>(shards));
        }
    }

    private static IEnumerable<Shard> Held()
    {
        lock (Lock) return [.. Sets.SelectMany(s => s.TryGetTarget(out ShardSet? set) ? set.Held : [])];
    }

    private static long Sum(Func<ShardCounters, long> count) => Held().Sum(s => count(s.Counters));
}
