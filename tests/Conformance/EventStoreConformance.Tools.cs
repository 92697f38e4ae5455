using System.Text;
using Movc.Domain.Dispatch;
using Movc.Domain.Events;
using Movc.TwinState.Store;

namespace Movc.Conformance;

/// <summary>A writer as a shard is one, and a reader that puts a journal into words.</summary>
public abstract partial class EventStoreConformance
{
    /// <summary>Fills transactions as a shard does.</summary>
    private sealed class Writer(IEventStore store, ShardHead head)
    {
        private readonly Dictionary<int, long> _newest = [];
        private long _committed = head.JournalSequence;

        public ShardAppend Open { get; } = new() { Shard = head.Shard, WriterEpoch = head.WriterEpoch, ExpectedSequence = head.JournalSequence, JournalSequence = head.JournalSequence };

        public long Epoch => head.WriterEpoch;

        public Writer Vehicle(int index, string id)
        {
            Open.NewVehicles.Add((index, Encoding.UTF8.GetBytes(id)));
            return this;
        }

        public Writer Event(int vehicle, int version, EventSchema schema, byte[] payload)
        {
            long n = ++Open.JournalSequence;
            Open.Add(new EventRow(n, vehicle, version, schema, Quality.Substituted, 1_000_000 + n, 2_000_000 + n, 0, n, _newest.GetValueOrDefault(vehicle)), payload);
            _newest[vehicle] = n;
            return this;
        }

        public Writer Setpoints(long atMs, int[] vehicle, int[] powerW)
        {
            Open.Setpoints.Add((++Open.JournalSequence, new SetpointBatch(head.Shard, atMs, atMs + 1800, vehicle, powerW)));
            return this;
        }

        public Writer Letter(string reference)
        {
            Open.DeadLetters.Add(new DeadLetter(1, DeadLetterReason.Undecodable, "d", "s", reference, null, ReadOnlyMemory<byte>.Empty));
            return this;
        }

        public Writer Source(int index)
        {
            Open.Sources.Add(new SourceState(index, $"source-{index}", [1], 2, 3));
            return this;
        }

        public Writer Reset()
        {
            Open.Clear();
            Open.ExpectedSequence = Open.JournalSequence = _committed;
            return this;
        }

        public async Task CommitAsync()
        {
            await store.AppendAsync(Open, CancellationToken.None);
            _committed = Open.JournalSequence;
            Reset();
        }
    }

    private sealed class Journal : IJournalVisitor
    {
        public List<string> Vehicles { get; } = [];

        public List<(long Sequence, string Text)> Entries { get; } = [];

        public List<EventRow> Rows { get; } = [];

        public List<SetpointBatch> Batches { get; } = [];

        public void OnVehicle(int index, ReadOnlySpan<byte> id)
        {
            Entries.ShouldBeEmpty();
            Vehicles.Add($"{index}={Encoding.UTF8.GetString(id)}");
        }

        public void OnEvent(in EventRow row, ReadOnlySpan<byte> payload)
        {
            Rows.Add(row);
            Entries.Add((row.JournalSequence, $"event {row.Vehicle} v{row.Version} {row.Schema} {Convert.ToHexString(payload)}"));
        }

        public void OnSetpoints(long journalSequence, SetpointBatch batch)
        {
            Batches.Add(batch);
            Entries.Add((journalSequence, string.Join(' ', [$"setpoints {batch.AtMs}", .. batch.Vehicle.Select((v, k) => $"{v}:{batch.PowerW[k]}")])));
        }
    }
}
