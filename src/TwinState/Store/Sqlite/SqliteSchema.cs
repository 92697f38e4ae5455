namespace Movc.TwinState.Store.Sqlite;

/// <summary>
/// Tables of the embedded store, version 3. A journal entry's key is shard &lt;&lt; 40 | sequence, so a shard's journal lies together
/// and in order; events and setpoint batches share one sequence.
/// </summary>
internal static class SqliteSchema
{
    public const int Version = 3;

    public const int SequenceBits = 40;

    /// <summary>Makes version 2 into 3.</summary>
    public const string Upgrade2 = """
        CREATE TABLE waiting (
            shard           INTEGER NOT NULL,
            source          INTEGER NOT NULL,
            reference       TEXT NOT NULL,        -- with the source it names the dead letter
            vehicle         BLOB NOT NULL,
            type            INTEGER NOT NULL,
            quality         INTEGER NOT NULL,
            occurred_ms     INTEGER NOT NULL,
            recorded_ms     INTEGER NOT NULL,
            source_sequence INTEGER NOT NULL,
            payload         BLOB NOT NULL,
            PRIMARY KEY (shard, source, reference)
        ) STRICT;
        """;

    public const string Create = """
        CREATE TABLE shards (
            shard            INTEGER PRIMARY KEY,
            writer_epoch     INTEGER NOT NULL,
            journal_sequence INTEGER NOT NULL,
            events_offset    INTEGER NOT NULL,
            setpoints_offset INTEGER NOT NULL
        ) STRICT;
        CREATE TABLE vehicles (
            vehicle INTEGER PRIMARY KEY,          -- shard << 32 | local index
            id      BLOB NOT NULL
        ) STRICT;
        CREATE TABLE sources (
            shard         INTEGER NOT NULL,
            source        INTEGER NOT NULL,       -- number within the shard
            uri           TEXT NOT NULL,
            window        BLOB NOT NULL,          -- watermark and gap bitmap
            reached_ms    INTEGER NOT NULL,
            next_sequence INTEGER NOT NULL,
            PRIMARY KEY (shard, source)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE events (
            id              INTEGER PRIMARY KEY,  -- shard << 40 | journal sequence
            vehicle         INTEGER NOT NULL,     -- shard << 32 | local index
            version         INTEGER NOT NULL,
            type            INTEGER NOT NULL,
            quality         INTEGER NOT NULL,
            occurred_ms     INTEGER NOT NULL,
            recorded_ms     INTEGER NOT NULL,
            source          INTEGER NOT NULL,
            source_sequence INTEGER NOT NULL,
            previous        INTEGER NOT NULL,     -- journal sequence of the vehicle's event before, 0 = none
            payload         BLOB NOT NULL         -- Protobuf, as it came
        ) STRICT;
        CREATE TABLE event_ids (
            shard  INTEGER NOT NULL,
            source INTEGER NOT NULL,
            id     TEXT NOT NULL,
            PRIMARY KEY (shard, source, id)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE setpoints (
            id             INTEGER PRIMARY KEY,   -- shard << 40 | journal sequence
            at_ms          INTEGER NOT NULL,
            valid_until_ms INTEGER NOT NULL,
            changes        BLOB NOT NULL          -- (index delta, zigzag W) varints
        ) STRICT;
        CREATE TABLE snapshots (
            id     INTEGER PRIMARY KEY,           -- shard << 40 | journal sequence
            format INTEGER NOT NULL,
            state  BLOB NOT NULL
        ) STRICT;
        CREATE TABLE dead_letters (
            id          INTEGER PRIMARY KEY,
            recorded_ms INTEGER NOT NULL,
            reason      TEXT NOT NULL,
            detail      TEXT NOT NULL,
            source      TEXT NOT NULL,
            reference   TEXT NOT NULL,
            vehicle     TEXT,
            payload     BLOB NOT NULL,
            UNIQUE (source, reference)
        ) STRICT;
        """ + Upgrade2;

    public static long Key(int shard, long sequence) => ((long)shard << SequenceBits) | sequence;

    public static long VehicleKey(int shard, int index) => ((long)shard << 32) | (uint)index;
}
