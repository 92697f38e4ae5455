using System.Text;
using Microsoft.Data.Sqlite;
using Movc.Database;
using Movc.Domain.Dispatch;
using Movc.Domain.Events;
using SQLitePCL;

namespace Movc.TwinState.Store.Sqlite;

/// <summary>The statements of the writing thread; every call runs inside the caller's transaction.</summary>
internal sealed class SqliteAppender : IDisposable
{
    private readonly sqlite3 _db;
    private readonly SqliteStatement _head;
    private readonly SqliteStatement _event;
    private readonly SqliteStatement _vehicle;
    private readonly SqliteStatement _source;
    private readonly SqliteStatement _setpoints;
    private readonly SqliteStatement _deadLetter;
    private readonly SqliteStatement _eventId;
    private readonly SqliteStatement _waiting;
    private readonly SqliteStatement _waitsNoMore;
    private readonly SqliteStatement _letterTaken;

    public SqliteAppender(SqliteConnection connection)
    {
        _db = connection.Handle ?? throw new InvalidOperationException("the connection is closed");
        _head = new SqliteStatement(_db, """
            UPDATE shards SET journal_sequence = ?1, events_offset = ?2, setpoints_offset = ?3
            WHERE shard = ?4 AND writer_epoch = ?5 AND journal_sequence = ?6
            """);
        _event = new SqliteStatement(_db, "INSERT INTO events VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)");
        _vehicle = new SqliteStatement(_db, "INSERT INTO vehicles VALUES (?1, ?2)");
        _source = new SqliteStatement(_db, "INSERT OR REPLACE INTO sources VALUES (?1, ?2, CAST(?3 AS TEXT), ?4, ?5, ?6)");
        _setpoints = new SqliteStatement(_db, "INSERT INTO setpoints VALUES (?1, ?2, ?3, ?4)");
        _deadLetter = new SqliteStatement(_db, """
            INSERT OR IGNORE INTO dead_letters (recorded_ms, reason, detail, source, reference, vehicle, payload)
            VALUES (?1, CAST(?2 AS TEXT), CAST(?3 AS TEXT), CAST(?4 AS TEXT), CAST(?5 AS TEXT), CAST(NULLIF(?6, x'') AS TEXT), ?7)
            """);
        _waiting = new SqliteStatement(_db, "INSERT INTO waiting VALUES (?1, ?2, CAST(?3 AS TEXT), ?4, ?5, ?6, ?7, ?8, ?9, ?10)");
        _waitsNoMore = new SqliteStatement(_db, "DELETE FROM waiting WHERE shard = ?1 AND source = ?2 AND reference = CAST(?3 AS TEXT)");
        _letterTaken = new SqliteStatement(_db, "DELETE FROM dead_letters WHERE source = CAST(?1 AS TEXT) AND reference = CAST(?2 AS TEXT)");
        _eventId = new SqliteStatement(_db, "INSERT INTO event_ids VALUES (?1, ?2, CAST(?3 AS TEXT))");
    }

    /// <summary>Writes a shard's transaction.</summary>
    /// <exception cref="StoreFencedException">Another writer has the shard; nothing was written.</exception>
    public void Append(ShardAppend append)
    {
        MoveHead(append);
        for (int i = 0; i < append.Events.Count; i++) WriteEvent(append, i);
        foreach ((int index, byte[] id) in append.NewVehicles)
        {
            _vehicle.Bind(1, SqliteSchema.VehicleKey(append.Shard, index));
            _vehicle.Bind(2, id);
            _vehicle.Execute();
        }
        foreach ((long sequence, SetpointBatch batch) in append.Setpoints)
        {
            _setpoints.Bind(1, SqliteSchema.Key(append.Shard, sequence));
            _setpoints.Bind(2, batch.AtMs);
            _setpoints.Bind(3, batch.ValidUntilMs);
            _setpoints.Bind(4, SetpointCodec.Encode(batch));
            _setpoints.Execute();
        }
        foreach ((int source, string id) in append.EventIds)
        {
            _eventId.Bind(1, append.Shard);
            _eventId.Bind(2, source);
            _eventId.Bind(3, Encoding.UTF8.GetBytes(id));
            _eventId.Execute();
        }
        foreach (SourceState source in append.Sources)
        {
            _source.Bind(1, append.Shard);
            _source.Bind(2, source.Index);
            _source.Bind(3, Encoding.UTF8.GetBytes(source.Uri));
            _source.Bind(4, source.Window);
            _source.Bind(5, source.ReachedMs);
            _source.Bind(6, source.NextSequence);
            _source.Execute();
        }
        PutAside(append.DeadLetters);
        foreach (WaitingEvent waiting in append.Waiting) WriteWaiting(append.Shard, waiting);
        foreach (WaitingEvent waiting in append.TakenUp.Concat(append.GivenUp))
        {
            _waitsNoMore.Bind(1, append.Shard);
            _waitsNoMore.Bind(2, waiting.Source);
            _waitsNoMore.Bind(3, Encoding.UTF8.GetBytes(waiting.Reference));
            _waitsNoMore.Execute();
        }
        foreach (WaitingEvent waiting in append.TakenUp)
        {
            _letterTaken.Bind(1, Encoding.UTF8.GetBytes(waiting.SourceUri));
            _letterTaken.Bind(2, Encoding.UTF8.GetBytes(waiting.Reference));
            _letterTaken.Execute();
        }
    }

    /// <summary>Writes dead letters; one with the same source and reference is passed over.</summary>
    public void PutAside(IReadOnlyList<DeadLetter> letters)
    {
        foreach (DeadLetter letter in letters)
        {
            _deadLetter.Bind(1, letter.RecordedAtMs);
            _deadLetter.Bind(2, Encoding.UTF8.GetBytes(letter.Reason.ToName()));
            _deadLetter.Bind(3, Encoding.UTF8.GetBytes(letter.Detail));
            _deadLetter.Bind(4, Encoding.UTF8.GetBytes(letter.Source));
            _deadLetter.Bind(5, Encoding.UTF8.GetBytes(letter.Reference));
            _deadLetter.Bind(6, Encoding.UTF8.GetBytes(letter.Key ?? string.Empty));
            _deadLetter.Bind(7, letter.Payload.Span);
            _deadLetter.Execute();
        }
    }

    public void Dispose()
    {
        foreach (SqliteStatement statement in new[] { _head, _event, _vehicle, _source, _setpoints, _deadLetter, _eventId, _waiting, _waitsNoMore, _letterTaken })
            statement.Dispose();
    }

    private void WriteWaiting(int shard, WaitingEvent waiting)
    {
        _waiting.Bind(1, shard);
        _waiting.Bind(2, waiting.Source);
        _waiting.Bind(3, Encoding.UTF8.GetBytes(waiting.Reference));
        _waiting.Bind(4, waiting.VehicleId);
        _waiting.Bind(5, (int)waiting.Schema);
        _waiting.Bind(6, (int)waiting.Quality);
        _waiting.Bind(7, waiting.OccurredMs);
        _waiting.Bind(8, waiting.RecordedMs);
        _waiting.Bind(9, waiting.SourceSequence);
        _waiting.Bind(10, waiting.Payload);
        _waiting.Execute();
    }

    private void MoveHead(ShardAppend append)
    {
        _head.Bind(1, append.JournalSequence);
        _head.Bind(2, append.EventsOffset);
        _head.Bind(3, append.SetpointsOffset);
        _head.Bind(4, append.Shard);
        _head.Bind(5, append.WriterEpoch);
        _head.Bind(6, append.ExpectedSequence);
        _head.Execute();
        if (raw.sqlite3_changes(_db) != 1)
            throw new StoreFencedException($"shard {append.Shard} has another writer now (this was writer {append.WriterEpoch}, at journal sequence {append.ExpectedSequence})");
    }

    private void WriteEvent(ShardAppend append, int index)
    {
        EventRow row = append.Events[index];
        _event.Bind(1, SqliteSchema.Key(append.Shard, row.JournalSequence));
        _event.Bind(2, SqliteSchema.VehicleKey(append.Shard, row.Vehicle));
        _event.Bind(3, row.Version);
        _event.Bind(4, (int)row.Schema);
        _event.Bind(5, (int)row.Quality);
        _event.Bind(6, row.OccurredMs);
        _event.Bind(7, row.RecordedMs);
        _event.Bind(8, row.Source);
        _event.Bind(9, row.SourceSequence);
        _event.Bind(10, row.PreviousSequence);
        _event.Bind(11, append.Payload(index));
        _event.Execute();
    }
}
