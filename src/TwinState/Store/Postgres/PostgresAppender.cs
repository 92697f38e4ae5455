using System.Text;
using Movc.Database;
using Movc.Domain.Events;
using Npgsql;
using NpgsqlTypes;

namespace Movc.TwinState.Store.Postgres;

/// <summary>Writes one shard's transaction: a batch of statements led by the fence, then the events by binary COPY.</summary>
internal static class PostgresAppender
{
    private const string PutAsideSql = """
        INSERT INTO movc.dead_letters (recorded_ms, reason, detail, source, reference, vehicle, payload)
        SELECT * FROM unnest($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (source, reference) DO NOTHING
        """;

    /// <summary>Writes and commits.</summary>
    /// <exception cref="StoreFencedException">Another writer has the shard; nothing was written.</exception>
    public static async Task AppendAsync(NpgsqlConnection connection, ShardAppend append, CancellationToken cancellationToken)
    {
        await using NpgsqlTransaction transaction = await connection.BeginTransactionAsync(cancellationToken);
        await using (var batch = new NpgsqlBatch(connection, transaction))
        {
            batch.BatchCommands.Add(Command(
                """
                UPDATE movc.shards SET journal_sequence = $1, events_offset = $2, setpoints_offset = $3
                WHERE shard = $4 AND writer_epoch = $5 AND journal_sequence = $6
                """,
                append.JournalSequence, append.EventsOffset, append.SetpointsOffset, append.Shard, append.WriterEpoch, append.ExpectedSequence));
            AddRest(batch, append);
            await batch.ExecuteNonQueryAsync(cancellationToken);
            if (batch.BatchCommands[0].RecordsAffected != 1)
                throw new StoreFencedException($"shard {append.Shard} has another writer now (this was writer {append.WriterEpoch}, at journal sequence {append.ExpectedSequence})");
        }
        if (append.NewVehicles.Count > 0) await CopyVehiclesAsync(connection, append, cancellationToken);
        if (append.Events.Count > 0) await CopyAsync(connection, append, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    /// <summary>Writes dead letters alone; one with the same source and reference is passed over.</summary>
    public static async Task PutAsideAsync(NpgsqlConnection connection, IReadOnlyList<DeadLetter> letters, CancellationToken cancellationToken)
    {
        await using var batch = new NpgsqlBatch(connection);
        batch.BatchCommands.Add(PutAside(letters));
        await batch.ExecuteNonQueryAsync(cancellationToken);
    }

    private static void AddRest(NpgsqlBatch batch, ShardAppend append)
    {
        int shard = append.Shard;
        if (append.Setpoints.Count > 0)
            batch.BatchCommands.Add(Command(
                "INSERT INTO movc.setpoints SELECT $1, * FROM unnest($2, $3, $4, $5)",
                shard, append.Setpoints.Select(s => s.JournalSequence).ToArray(), append.Setpoints.Select(s => s.Batch.AtMs).ToArray(),
                append.Setpoints.Select(s => s.Batch.ValidUntilMs).ToArray(), append.Setpoints.Select(s => SetpointCodec.Encode(s.Batch)).ToArray()));
        if (append.EventIds.Count > 0)
            batch.BatchCommands.Add(Command(
                "INSERT INTO movc.event_ids SELECT $1, * FROM unnest($2, $3) ON CONFLICT DO NOTHING",
                shard, append.EventIds.Select(e => e.Source).ToArray(), append.EventIds.Select(e => Encoding.UTF8.GetBytes(e.Id)).ToArray()));
        if (append.Sources.Count > 0)
            batch.BatchCommands.Add(Command(
                """
                INSERT INTO movc.sources SELECT $1, * FROM unnest($2, $3, $4, $5, $6)
                ON CONFLICT (shard, source) DO UPDATE SET uri = excluded.uri, seen = excluded.seen, reached_ms = excluded.reached_ms, next_sequence = excluded.next_sequence
                """,
                shard, append.Sources.Select(s => s.Index).ToArray(), append.Sources.Select(s => Encoding.UTF8.GetBytes(s.Uri)).ToArray(),
                append.Sources.Select(s => s.Window).ToArray(), append.Sources.Select(s => s.ReachedMs).ToArray(), append.Sources.Select(s => s.NextSequence).ToArray()));
        if (append.DeadLetters.Count > 0) batch.BatchCommands.Add(PutAside(append.DeadLetters));
        AddWaiting(batch, append);
    }

    private static void AddWaiting(NpgsqlBatch batch, ShardAppend append)
    {
        static byte[][] References(IEnumerable<WaitingEvent> events) => [.. events.Select(w => Encoding.UTF8.GetBytes(w.Reference))];
        List<WaitingEvent> waiting = append.Waiting;
        if (waiting.Count > 0)
            batch.BatchCommands.Add(Command(
                "INSERT INTO movc.waiting (shard, source, reference, vehicle, type, quality, occurred_ms, recorded_ms, source_sequence, payload) SELECT $1, * FROM unnest($2, $3, $4, $5, $6, $7, $8, $9, $10)",
                append.Shard, waiting.Select(w => w.Source).ToArray(), References(waiting), waiting.Select(w => w.VehicleId).ToArray(),
                waiting.Select(w => (short)w.Type).ToArray(), waiting.Select(w => (short)w.Quality).ToArray(), waiting.Select(w => w.OccurredMs).ToArray(),
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

    private static async Task CopyVehiclesAsync(NpgsqlConnection connection, ShardAppend append, CancellationToken cancellationToken)
    {
        await using NpgsqlBinaryImporter copy = await connection.BeginBinaryImportAsync("COPY movc.vehicles FROM STDIN (FORMAT BINARY)", cancellationToken);
        foreach ((int index, byte[] id) in append.NewVehicles)
        {
            copy.StartRow();
            copy.Write(append.Shard, NpgsqlDbType.Integer);
            copy.Write(index, NpgsqlDbType.Integer);
            copy.Write(id, NpgsqlDbType.Bytea);
        }
        await copy.CompleteAsync(cancellationToken);
    }

    private static async Task CopyAsync(NpgsqlConnection connection, ShardAppend append, CancellationToken cancellationToken)
    {
        await using NpgsqlBinaryImporter copy = await connection.BeginBinaryImportAsync("COPY movc.events FROM STDIN (FORMAT BINARY)", cancellationToken);
        for (int i = 0; i < append.Events.Count; i++)
        {
            EventRow row = append.Events[i];
            // Synchronous on purpose: the importer buffers, and a task for each of eleven values would cost more than the value.
            copy.StartRow();
            copy.Write(append.Shard, NpgsqlDbType.Integer);
            copy.Write(row.JournalSequence, NpgsqlDbType.Bigint);
            copy.Write(row.Vehicle, NpgsqlDbType.Integer);
            copy.Write(row.Version, NpgsqlDbType.Integer);
            copy.Write((short)row.Type, NpgsqlDbType.Smallint);
            copy.Write((short)row.Quality, NpgsqlDbType.Smallint);
            copy.Write(Instant(row.OccurredMs), NpgsqlDbType.TimestampTz);
            copy.Write(Instant(row.RecordedMs), NpgsqlDbType.TimestampTz);
            copy.Write(row.Source, NpgsqlDbType.Integer);
            copy.Write(row.SourceSequence, NpgsqlDbType.Bigint);
            copy.Write(row.PreviousSequence, NpgsqlDbType.Bigint);
            copy.Write(append.PayloadMemory(i), NpgsqlDbType.Bytea);
        }
        await copy.CompleteAsync(cancellationToken);
    }

    private static NpgsqlBatchCommand PutAside(IReadOnlyList<DeadLetter> letters) => Command(
        PutAsideSql,
        letters.Select(l => l.RecordedAtMs).ToArray(), letters.Select(l => l.Reason.ToName()).ToArray(), letters.Select(l => Text(l.Detail)).ToArray(),
        letters.Select(l => Text(l.Source)).ToArray(), letters.Select(l => Text(l.Reference)).ToArray(),
        letters.Select(l => l.Key is null ? null : Text(l.Key)).ToArray(), letters.Select(l => l.Payload.ToArray()).ToArray());

    private static DateTime Instant(long ms) => DateTime.UnixEpoch.AddMilliseconds(ms);

    /// <summary>PostgreSQL's text cannot hold the character 0, which whoever sends poison may send.</summary>
    private static string Text(string text) => text.Contains('\0', StringComparison.Ordinal) ? text.Replace('\0', '\u2400') : text;

    private static NpgsqlBatchCommand Command(string sql, params ReadOnlySpan<object> values)
    {
        var command = new NpgsqlBatchCommand(sql);
        foreach (object value in values) command.Parameters.Add(new NpgsqlParameter { Value = value });
        return command;
    }
}
