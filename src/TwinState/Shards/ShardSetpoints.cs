using Movc.Domain.Dispatch;
using Movc.EventLog;
using Movc.EventLog.Records;
using Movc.TwinState.Store;

namespace Movc.TwinState.Shards;

/// <summary>Takes a shard's setpoints from the log at the boundaries that wait for them.</summary>
internal sealed class ShardSetpoints(ShardState state, ShardIntake intake, ILogConsumer setpoints, long offset) : IAsyncDisposable
{
    private readonly SetpointParts _parts = new(state.Shard);

    /// <summary>Next to read after a restart.</summary>
    public long Offset { get; private set; } = offset;

    /// <summary>Waits until the setpoints of an interval stand.</summary>
    /// <param name="boundaryMs">Start of the interval.</param>
    /// <param name="append">The open transaction.</param>
    /// <param name="gate">Held while the state changes.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async ValueTask WaitAsync(long boundaryMs, ShardAppend append, Lock gate, CancellationToken cancellationToken)
    {
        while (state.SetpointsAtMs < boundaryMs)
        {
            ConsumedBatch batch = await setpoints.ReadAsync(cancellationToken)
                ?? throw new LogClosedException("the setpoints ended while an interval waited for them");
            lock (gate) Take(batch, boundaryMs, append);
        }
    }

    /// <inheritdoc cref="ILogConsumer.Acknowledge"/>
    public void Acknowledge(long offset) => setpoints.Acknowledge(offset);

    public ValueTask DisposeAsync() => setpoints.DisposeAsync();

    private void Take(ConsumedBatch batch, long boundaryMs, ShardAppend append)
    {
        long next = batch.FirstOffset;
        foreach (LogRecord record in batch.Records)
        {
            next++;
            if (!SetpointReader.TryRead(in record, state, boundaryMs, out SetpointBatch read, out (int Part, int Parts) parts, out string fault))
            {
                // Somebody else's: the optimizer's come as they must, and the shard goes on waiting for those.
                intake.PutAsideSetpoints(append, in record, next - 1, fault);
                continue;
            }
            // Published again after a restart: what stands already is passed over.
            if (read.AtMs <= state.SetpointsAtMs || _parts.Take(read, parts.Part, parts.Parts) is not { } whole) continue;
            read = whole;
            state.AdvanceTo(read.AtMs);
            state.Apply(read);
            append.Setpoints.Add((++append.JournalSequence, read));
        }
        // Until the last part is there the first ones must come again after a restart.
        if (!_parts.IsOpen) Offset = batch.NextOffset;
    }
}
