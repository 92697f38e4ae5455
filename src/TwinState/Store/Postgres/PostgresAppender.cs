using System.Text;
using Movc.Domain.Dispatch;
using Movc.Domain.Events;
using Npgsql;
using NpgsqlTypes;

namespace Movc.TwinState.Store.Postgres;

/// <summary>Writes shards' transactions: the fence first, a batch of statements, then the events by binary COPY.</summary>
internal static class PostgresAppender
{
    private const string PutAsideSql = """
        INSERT INTO movc.dead_letters (recorded_ms, reason, detail, source, reference, vehicle, payload)
        SELECT * FROM unnest($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (source, reference) DO NOTHING
        """;

    /// <summary>Writes shards' transactions as one and commits, or writes nothing.</summary>
    /// <param name="connection">Open.</param>
    /// <param name="appends">Of different shards.</param>
    /// <param name="cancellationToken">Gives up; nothing is written.</param>
    /// <returns>Shards that have another writer, for which nothing was written; then nothing was for the others either.</returns>
    public static async Task<IReadOnlyCollection<int>> AppendAsync(NpgsqlConnection connection, IReadOnlyList<ShardAppend> appends, CancellationToken cancellationToken)
    {
        await using NpgsqlTransaction transaction = await connection.BeginTransactionAsync(cancellationToken);
        HashSet<int> fenced = [.. appends.Select(a => a.Shard)];
        await using (var heads = new NpgsqlCommand(
            """
            UPDATE movc.shards s SET journal_sequence = g.sequence, events_offset = g.events, setpoints_offset = g.setpoints
            FROM unnest($1, $2, $3, $4, $5, $6) AS g (shard, epoch, expected, sequence, events, setpoints)
            WHERE s.shard = g.shard AND s.writer_epoch = g.epoch AND s.journal_sequence = g.expected
            RETURNING s.shard
            """,
            connection, transaction)
        {
            Parameters =
            {
                new() { Value = Of(appends, a => a.Shard) }, new() { Value = Of(appends, a => a.WriterEpoch) }, new() { Value = Of(appends, a => a.ExpectedSequence) },
                new() { Value = Of(appends, a => a.JournalSequence) }, new() { Value = Of(appends, a => a.EventsOffset) }, new() { Value = Of(appends, a => a.SetpointsOffset) },
            },
        })
        await using (NpgsqlDataReader moved = await heads.ExecuteReaderAsync(cancellationToken))
        {
            while (await moved.ReadAsync(cancellationToken)) fenced.Remove(moved.GetInt32(0));
        }
        if (fenced.Count > 0)
        {
            await transaction.RollbackAsync(cancellationToken);
            return fenced;
        }
        await using (var batch = new NpgsqlBatch(connection, transaction))
        {
            AddRest(batch, appends);
            if (batch.BatchCommands.Count > 0) await batch.ExecuteNonQueryAsync(cancellationToken);
        }
        if (appends.Any(a => a.NewVehicles.Count > 0)) await CopyVehiclesAsync(connection, appends, cancellationToken);
        if (appends.Any(a => a.Events.Count > 0)) await EventCopy.WriteAsync(connection, appends, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return [];
    }

    /// <summary>Writes dead letters alone; one with the same source and reference is passed over.</summary>
    public static async Task PutAsideAsync(NpgsqlConnection connection, IReadOnlyList<DeadLetter> letters, CancellationToken cancellationToken)
    {
        await using var batch = new NpgsqlBatch(connection);
        batch.BatchCommands.Add(PutAside(letters));
        await batch.ExecuteNonQueryAsync(cancellationToken);
    }

    private static T[] Of<T>(IEnumerable<ShardAppend> appends, Func<ShardAppend, T> value) => [.. appends.Select(value)];

    private static void AddRest(NpgsqlBatch batch, IReadOnlyList<ShardAppend> appends)
    {
        (int Shard, long JournalSequence, SetpointBatch Batch)[] setpoints = [.. appends.SelectMany(a => a.Setpoints.Select(s => (a.Shard, s.JournalSequence, s.Batch)))];
        if (setpoints.Length > 0)
            batch.BatchCommands.Add(Command(
                "INSERT INTO movc.setpoints SELECT * FROM unnest($1, $2, $3, $4, $5)",
                Array.ConvertAll(setpoints, s => s.Shard), Array.ConvertAll(setpoints, s => s.JournalSequence), Array.ConvertAll(setpoints, s => s.Batch.AtMs),
                Array.ConvertAll(setpoints, s => s.Batch.ValidUntilMs), Array.ConvertAll(setpoints, s => SetpointCodec.Encode(s.Batch))));
        (int Shard, int Source, string Id)[] ids = [.. appends.SelectMany(a => a.EventIds.Select(e => (a.Shard, e.Source, e.Id)))];
        if (ids.Length > 0)
            batch.BatchCommands.Add(Command(
                "INSERT INTO movc.event_ids SELECT * FROM unnest($1, $2, $3) ON CONFLICT DO NOTHING",
                Array.ConvertAll(ids, e => e.Shard), Array.ConvertAll(ids, e => e.Source), Array.ConvertAll(ids, e => Encoding.UTF8.GetBytes(e.Id))));
        (int Shard, SourceState State)[] sources = [.. appends.SelectMany(a => a.Sources.Select(s => (a.Shard, s)))];
        if (sources.Length > 0)
            batch.BatchCommands.Add(Command(
                """
                INSERT INTO movc.sources SELECT * FROM unnest($1, $2, $3, $4, $5, $6)
                ON CONFLICT (shard, source) DO UPDATE SET uri = excluded.uri, seen = excluded.seen, reached_ms = excluded.reached_ms, next_sequence = excluded.next_sequence
                """,
                Array.ConvertAll(sources, s => s.Shard), Array.ConvertAll(sources, s => s.State.Index), Array.ConvertAll(sources, s => Encoding.UTF8.GetBytes(s.State.Uri)),
                Array.ConvertAll(sources, s => s.State.Window), Array.ConvertAll(sources, s => s.State.ReachedMs), Array.ConvertAll(sources, s => s.State.NextSequence)));
        DeadLetter[] letters = [.. appends.SelectMany(a => a.DeadLetters)];
        if (letters.Length > 0) batch.BatchCommands.Add(PutAside(letters));
        foreach (ShardAppend append in appends) AddWaiting(batch, append);
    }

    private static void AddWaiting(NpgsqlBatch batch, ShardAppend append)
    {
        static byte[][] References(IEnumerable<WaitingEvent> events) => [.. events.Select(w => Encoding.UTF8.GetBytes(w.Reference))];
        List<WaitingEvent> waiting = append.Waiting;
        if (waiting.Count > 0)
            batch.BatchCommands.Add(Command(
                "INSERT INTO movc.waiting (shard, source, reference, vehicle, type, quality, occurred_ms, recorded_ms, source_sequence, payload) SELECT $1, * FROM unnest($2, $3, $4, $5, $6, $7, $8, $9, $10)",
                append.Shard, waiting.Select(w => w.Source).ToArray(), References(waiting), waiting.Select(w => w.VehicleId).ToArray(),
                waiting.Select(w => (short)w.Schema).ToArray(), waiting.Select(w => (short)w.Quality).ToArray(), waiting.Select(w => w.OccurredMs).ToArray(),
                waiting.Select(w => w.RecordedMs).ToArray(), waiting.Select(w => w.SourceSequence).ToArray(), waiting.Select(w => w.Payload).ToArray()));
        WaitingEvent[] gone = [.. append.TakenUp, .. append.GivenUp];
        if (gone.Length > 0)
            batch.BatchCommands.Add(Command(
                "DELETE FROM movc.waiting w USING unnest($2, $3) AS g (source, reference) WHERE w.shard = $1 AND w.source = g.source AND w.reference = g.reference",
                append.Shard, gone.Select(w => w.Source).ToArray(), References(gone)));
        if (append.TakenUp.Count > 0)
            batch.BatchCommands.Add(Command(
                "DELETE FROM movc.dead_letters d USING unnest($1, $2) AS g (source, reference) WHERE d.source = g.source AND d.reference = g.reference",
                append.TakenUp.Select(w => Text(w.SourceUri)).ToArray(), append.TakenUp.Select(w => Text(w.Reference)).ToArray()));
    }

    private static async Task CopyVehiclesAsync(NpgsqlConnection connection, IReadOnlyList<ShardAppend> appends, CancellationToken cancellationToken)
    {
        await using NpgsqlBinaryImporter copy = await connection.BeginBinaryImportAsync("COPY movc.vehicles FROM STDIN (FORMAT BINARY)", cancellationToken);
        foreach (ShardAppend append in appends)
        {
            foreach ((int index, byte[] id) in append.NewVehicles)
            {
                copy.StartRow();
                copy.Write(append.Shard, NpgsqlDbType.Integer);
                copy.Write(index, NpgsqlDbType.Integer);
                copy.Write(id, NpgsqlDbType.Bytea);
            }
        }
        await copy.CompleteAsync(cancellationToken);
    }

    private static NpgsqlBatchCommand PutAside(IReadOnlyList<DeadLetter> letters) => Command(
        PutAsideSql,
        letters.Select(l => l.RecordedAtMs).ToArray(), letters.Select(l => l.Reason.ToName()).ToArray(), letters.Select(l => Text(l.Detail)).ToArray(),
        letters.Select(l => Text(l.Source)).ToArray(), letters.Select(l => Text(l.Reference)).ToArray(),
        letters.Select(l => l.Key is null ? null : Text(l.Key)).ToArray(), letters.Select(l => l.Payload.ToArray()).ToArray());

    /// <summary>PostgreSQL's text cannot hold the character 0, which whoever sends poison may send.</summary>
    private static string Text(string text) => text.Contains('\0', StringComparison.Ordinal) ? text.Replace('\0', '\u2400') : text;

    private static NpgsqlBatchCommand Command(string sql, params ReadOnlySpan<object> values)
    {
        var command = new NpgsqlBatchCommand(sql);
        foreach (object value in values) command.Parameters.Add(new NpgsqlParameter { Value = value });
        return command;
    }
}
