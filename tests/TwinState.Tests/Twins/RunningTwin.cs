using System.Text;
using Movc.Domain.Dispatch;
using Movc.Domain.Fleet;
using Movc.Domain.Sources;
using Movc.EventLog;
using Movc.EventLog.InProcess;
using Movc.Ingest.Publishing;
using Movc.RollingOptimizer.Horizon;
using Movc.TwinState.Store;

namespace Movc.TwinState.Tests.Twins;

/// <summary>A twin over a log of its own, with a stand-in for the optimizer that sets every vehicle by a fixed rule.</summary>
internal sealed class RunningTwin : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _run;
    private readonly Task _optimizer;

    private RunningTwin(InProcessEventLog log, Twin twin, Func<FleetSnapshot, bool>? onFleet)
    {
        Log = log;
        Twin = twin;
        _optimizer = OptimizeAsync(onFleet);
        _run = twin.RunAsync(_stop.Token);
    }

    public InProcessEventLog Log { get; }

    public Twin Twin { get; }

    public List<FleetSnapshot> Fleets { get; } = [];

    /// <summary>Ends when the twin does.</summary>
    public Task Run => _run;

    /// <summary>Starts a twin.</summary>
    /// <param name="store">Stays open.</param>
    /// <param name="partitions">Shards.</param>
    /// <param name="clockSource">Whose progress is the clock.</param>
    /// <param name="onFleet">Looks at a fleet before its setpoints go out; false keeps them back.</param>
    /// <param name="capacityBatches">Of the log.</param>
    /// <param name="before">Fills the log before the twin reads it.</param>
    /// <param name="snapshotEvery">City time between snapshots.</param>
    public static async Task<RunningTwin> StartAsync(
        IEventStore store, int partitions, string clockSource = "movc:script", Func<FleetSnapshot, bool>? onFleet = null, int capacityBatches = 64, Func<InProcessEventLog, Task>? before = null,
        TimeSpan? snapshotEvery = null)
    {
        var log = new InProcessEventLog(partitions, capacityBatches);
        Twin twin = await Twin.OpenAsync(new TwinOptions(clockSource, FleetModel.Plain) { SnapshotEvery = snapshotEvery ?? TimeSpan.FromHours(2) }, store, log, TimeProvider.System, CancellationToken.None);
        if (before is not null) await before(log);
        return new RunningTwin(log, twin, onFleet);
    }

    /// <summary>Lets a source run; returns when all of it is durable.</summary>
    public Task DriveAsync(IVehicleEventSource source, int? intervals = null) =>
        new SourceDriver(source, Log, new DriverOptions(null, intervals), TimeProvider.System).RunAsync(Twin.Resume(source.SourceUri), _stop.Token);

    public async Task StopAsync()
    {
        await _stop.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => _run);
        await _optimizer;
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await Task.WhenAny(_run);
        await Task.WhenAny(_optimizer);
        _stop.Dispose();
        await Log.DisposeAsync();
    }

    private async Task OptimizeAsync(Func<FleetSnapshot, bool>? onFleet)
    {
        var publisher = new PlanPublisher(Log);
        while (await Twin.Snapshots.NextAsync(CancellationToken.None) is { } fleet)
        {
            Fleets.Add(fleet);
            if (onFleet is not null && !onFleet(fleet)) continue;
            SetpointBatch[] batches = [.. fleet.Shards.Select(s => Batch(s))];
            try
            {
                await publisher.PublishSetpointsAsync("p", batches, [.. batches.Select((b, s) => b.Vehicle.Select(v => Encoding.UTF8.GetString(fleet.Shards[s].Ids.Utf8(v))).ToArray())], CancellationToken.None);
            }
            catch (LogClosedException)
            {
                // The twin is gone.
                return;
            }
        }
    }

    // The power is a matter of the vehicle's name and the time alone, so it is the same however the fleet is cut.
    public static SetpointBatch Batch(ShardSnapshot shard)
    {
        var vehicle = new List<int>();
        var power = new List<int>();
        for (int k = 0; k < shard.PluggedCount; k++)
        {
            if (shard.Consent[k] == V2gStrategy.ChargeOnly) continue;
            int sum = 0;
            foreach (byte b in shard.Ids.Utf8(shard.Vehicle[k])) sum += b;
            vehicle.Add(shard.Vehicle[k]);
            power.Add((((sum + (int)(shard.AtMs / 600_000)) % 5) - 2) * 1000);
        }
        return new SetpointBatch(shard.Shard, shard.AtMs, shard.AtMs + 1_800_000, [.. vehicle], [.. power]);
    }
}
