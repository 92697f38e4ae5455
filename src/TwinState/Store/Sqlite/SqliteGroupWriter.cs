using System.Threading.Channels;
using Microsoft.Data.Sqlite;
using Movc.Database;

namespace Movc.TwinState.Store.Sqlite;

/// <summary>
/// The one thread that writes. Shards queue their transactions; everything that waits is written under one commit, so
/// sixteen shards at an interval's boundary cost one fsync instead of sixteen.
/// </summary>
internal sealed class SqliteGroupWriter : IAsyncDisposable
{
    private const int MaxGroup = 64;
    private readonly SqliteConnection _connection;
    private readonly SqliteAppender _appender;
    private readonly Channel<Work> _queue = Channel.CreateBounded<Work>(new BoundedChannelOptions(256) { SingleReader = true });
    private readonly Thread _thread;
    private readonly TaskCompletionSource _stopped = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public SqliteGroupWriter(SqliteConnection connection)
    {
        _connection = connection;
        _appender = new SqliteAppender(connection);
        _thread = new Thread(Run) { Name = "movc-store-writer", IsBackground = true };
        _thread.Start();
    }

    /// <summary>Runs the work inside the next group's transaction; completes when that is durable.</summary>
    public async Task<T> SubmitAsync<T>(Func<SqliteAppender, T> work, CancellationToken cancellationToken)
    {
        var item = new Work<T>(work);
        await _queue.Writer.WriteAsync(item, cancellationToken);
        return await item.Completion;
    }

    public async ValueTask DisposeAsync()
    {
        _queue.Writer.TryComplete();
        await _stopped.Task;
        _appender.Dispose();
    }

    private void Run()
    {
        var group = new List<Work>(MaxGroup);
        while (_queue.Reader.WaitToReadAsync().AsTask().GetAwaiter().GetResult())
        {
            group.Clear();
            while (group.Count < MaxGroup && _queue.Reader.TryRead(out Work? work)) group.Add(work);
            if (group.Count > 0) Write(group);
        }
        _stopped.SetResult();
    }

    private void Write(List<Work> group)
    {
        try
        {
            using (SqliteTransaction transaction = _connection.BeginTransaction(deferred: false))
            {
                foreach (Work work in group) work.Run(_appender);
                transaction.Commit();
            }
            foreach (Work work in group) work.Complete();
        }
        catch (SqliteException e)
        {
            var failure = new StoreException(Explain(e), e);
            foreach (Work work in group) work.Fail(failure);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // A fault of ours must reach the shard that caused it, not end the thread that everybody waits for.
            foreach (Work work in group) work.Fail(e);
        }
    }

    private string Explain(SqliteException e) => e.SqliteErrorCode switch
    {
        13 => $"{_connection.DataSource}: the disk is full; make room and start again, nothing was half-written",
        10 => $"{_connection.DataSource}: the disk refused to read or write (SQLite error 10/{e.SqliteExtendedErrorCode}); look for a limit on file sizes, a quota or a failing disk, then start again, nothing was half-written",
        11 or 26 => $"{_connection.DataSource}: the file is damaged ({e.Message}); restore it or start with --fresh",
        _ => $"{_connection.DataSource}: {e.Message}",
    };

    private abstract class Work
    {
        public abstract void Run(SqliteAppender appender);

        public abstract void Complete();

        public abstract void Fail(Exception failure);
    }

    private sealed class Work<T>(Func<SqliteAppender, T> body) : Work
    {
        private readonly TaskCompletionSource<T> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private Exception? _refusal;
        private T _result = default!;

        public Task<T> Completion => _done.Task;

        public override void Run(SqliteAppender appender)
        {
            try
            {
                _result = body(appender);
            }
            catch (StoreFencedException e)
            {
                // The fence is checked before anything is written, so the rest of the group is untouched.
                _refusal = e;
            }
        }

        public override void Complete()
        {
            if (_refusal is null) _done.TrySetResult(_result);
            else _done.TrySetException(_refusal);
        }

        public override void Fail(Exception failure) => _done.TrySetException(_refusal ?? failure);
    }
}
