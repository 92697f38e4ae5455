using System.Globalization;
using System.Text;
using Movc.Domain.Aggregators;
using Movc.Domain.Events;
using Movc.EventLog;
using Movc.EventLog.Records;
using Movc.EventLog.Wire;

namespace Movc.RollingOptimizer.Setpoints;

/// <summary>
/// Tells the twin of setpoints that were not followed, as events of the vehicles. An event's id is made of what it speaks of, so that
/// one told twice is taken once.
/// </summary>
/// <param name="log">Where they go.</param>
public sealed class ExceptionEvents(IEventLog log)
{
    /// <summary>CloudEvents source of these events.</summary>
    public const string SourceUri = "movc:setpoints";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private readonly Lazy<ILogProducer> _producer = new(() => log.OpenProducer(Topics.VehicleEvents));
    private readonly SemaphoreSlim _one = new(1, 1);
    private readonly Lock _lock = new();
    private readonly SortedDictionary<int, RecordBatch> _open = [];
    private Task _late = Task.CompletedTask;

    /// <summary>Adds an event.</summary>
    /// <param name="part">The setpoints that it is of.</param>
    /// <param name="exception">What became of one of them.</param>
    /// <param name="saidMs">City time at which it was said.</param>
    public void Add(SetpointPart part, SetpointException exception, long saidMs)
    {
        ArgumentNullException.ThrowIfNull(part);
        byte[] vehicle = Encoding.UTF8.GetBytes(exception.Vehicle);
        var e = new VehicleEvent
        {
            Type = exception.Outcome switch
            {
                SetpointOutcome.Rejected => VehicleEventType.SetpointRejected,
                SetpointOutcome.TimedOut => VehicleEventType.SetpointTimedOut,
                _ => VehicleEventType.SetpointNotFollowed,
            },
            OccurredAtMs = saidMs,
            SetpointAtMs = part.AtMs,
            PowerW = exception.PowerW,
        };
        byte[] id = Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{exception.Vehicle}/{part.AtMs}/{(byte)exception.Outcome}"));
        lock (_lock)
        {
            int partition = Murmur2.Partition(vehicle, log.PartitionCount);
            if (!_open.TryGetValue(partition, out RecordBatch? batch)) _open.Add(partition, batch = new RecordBatch());
            VehicleEventWriter.Append(batch, Encoding.UTF8.GetBytes(SourceUri), vehicle, id, in e);
        }
    }

    /// <summary>Sends what was added; after a moment it goes on by itself, for a log that is full must hold up no plan, which alone could empty it.</summary>
    /// <remarks>Throws also what an earlier sending failed with that went on by itself.</remarks>
    public async Task SendAsync(CancellationToken cancellationToken)
    {
        Task late;
        lock (_lock) late = _late;
        if (late.IsCompleted) await late;
        Task all = SendAllAsync(cancellationToken);
        if (await Task.WhenAny(all, Task.Delay(Patience, cancellationToken)) == all) await all;
        else lock (_lock) _late = _late.IsCompletedSuccessfully ? all : Task.WhenAll(_late, all);
    }

    private async Task SendAllAsync(CancellationToken cancellationToken)
    {
        await _one.WaitAsync(cancellationToken);
        try
        {
            List<(int Partition, RecordBatch Batch)> full;
            lock (_lock)
            {
                full = [.. _open.Select(b => (b.Key, b.Value))];
                _open.Clear();
            }
            foreach ((int partition, RecordBatch batch) in full) await _producer.Value.SendAsync(partition, batch, cancellationToken);
        }
        finally
        {
            _one.Release();
        }
    }
}
