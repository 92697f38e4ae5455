using System.Threading.Channels;
using Movc.Database;
using Npgsql;

namespace Movc.TwinState.Store.Postgres;

/// <summary>
/// Writes what the shards of this process have ready as one transaction, while the next group gathers: sixteen shards cost one commit,
/// one round of statements and one COPY instead of sixteen. A shard that was fenced, or whose rows are refused, spoils nobody else's.
/// </summary>
internal sealed class PostgresGroupWriter : IAsyncDisposable
{
    /// <summary>Events that a group may hold before it is closed: some megabytes.</summary>
    private const int MaxEvents = 32_768;

    private readonly PostgresAccess _access;
    private readonly Channel<Work> _queue = Channel.CreateBounded<Work>(new BoundedChannelOptions(256) { SingleReader = true });
    private readonly Task _writing;

    public PostgresGroupWriter(PostgresAccess access)
    {
        _access = access;
        _writing = Task.Run(WriteAsync);
    }

    /// <summary>Writes one shard's transaction with whatever else is ready; completes when it is durable.</summary>
    public async Task AppendAsync(ShardAppend append, CancellationToken cancellationToken)
    {
        var work = new Work(append);
        await _queue.Writer.WriteAsync(work, cancellationToken);
        await work.Done.Task;
    }

    public async ValueTask DisposeAsync()
    {
        _queue.Writer.TryComplete();
        await _writing;
    }

    private async Task WriteAsync()
    {
        var group = new List<Work>();
        while (await _queue.Reader.WaitToReadAsync())
        {
            group.Clear();
            int events = 0;
            while (events < MaxEvents && _queue.Reader.TryPeek(out Work? next) && group.TrueForAll(w => w.Append.Shard != next.Append.Shard) && _queue.Reader.TryRead(out Work? work))
            {
                group.Add(work);
                events += work.Append.Events.Count;
            }
            await WriteAsync(group);
        }
    }

    private async Task WriteAsync(List<Work> group)
    {
        try
        {
            await _access.ReachAsync(connection => TryAsync(connection, group), CancellationToken.None);
            foreach (Work work in group) work.Complete();
        }
        catch (StoreException) when (group.Count > 1)
        {
            // One of them holds what the database refuses; written alone, the others are not kept from it.
            foreach (Work work in group.ToArray()) await WriteAsync([work]);
        }
#pragma warning disable CA1031 // Whatever it was must reach the shard that waits, not end the task that everybody waits for.
        catch (Exception e)
#pragma warning restore CA1031
        {
            foreach (Work work in group) work.Done.TrySetException(e);
        }
    }

    private static async Task<bool> TryAsync(NpgsqlConnection connection, List<Work> group)
    {
        foreach (Work work in group.Where(w => w.MayBeWritten && !w.IsSettled).ToArray())
        {
            // A connection that broke during a commit leaves open whether it took place; the shard's head tells.
            work.IsWritten = await IsWrittenAsync(connection, work.Append);
        }
        while (group.Where(w => !w.IsSettled).ToArray() is { Length: > 0 } open)
        {
            foreach (Work work in open) work.MayBeWritten = true;
            IReadOnlyCollection<int> fenced = await PostgresAppender.AppendAsync(connection, [.. open.Select(w => w.Append)], CancellationToken.None);
            foreach (Work work in open)
            {
                if (fenced.Count == 0) work.IsWritten = true;
                else if (fenced.Contains(work.Append.Shard)) work.IsFenced = true;
            }
        }
        return true;
    }

    private static async Task<bool> IsWrittenAsync(NpgsqlConnection connection, ShardAppend append)
    {
        await using var head = new NpgsqlCommand("SELECT writer_epoch = $2 AND journal_sequence = $3 AND events_offset = $4 AND setpoints_offset = $5 FROM movc.shards WHERE shard = $1", connection)
        {
            Parameters = { new() { Value = append.Shard }, new() { Value = append.WriterEpoch }, new() { Value = append.JournalSequence }, new() { Value = append.EventsOffset }, new() { Value = append.SetpointsOffset } },
        };
        return append.JournalSequence > append.ExpectedSequence && await head.ExecuteScalarAsync() is true;
    }

    private sealed class Work(ShardAppend append)
    {
        public ShardAppend Append => append;

        public TaskCompletionSource Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public bool MayBeWritten { get; set; }

        public bool IsWritten { get; set; }

        public bool IsFenced { get; set; }

        public bool IsSettled => IsWritten || IsFenced;

        public void Complete()
        {
            if (IsFenced) Done.TrySetException(new StoreFencedException($"shard {append.Shard} has another writer now (this was writer {append.WriterEpoch}, at journal sequence {append.ExpectedSequence})"));
            else Done.TrySetResult();
        }
    }
}
