using Microsoft.Data.Sqlite;
using Movc.Domain.Events;

namespace Movc.TwinState.Store.Sqlite;

/// <summary>Reads a shard's journal in order: events and setpoint batches merged by their sequence.</summary>
internal static class SqliteJournalReader
{
    public static void Read(SqliteConnection connection, int shard, JournalRange range, IJournalVisitor visitor, CancellationToken cancellationToken)
    {
        SQLitePCL.sqlite3 db = connection.Handle ?? throw new InvalidOperationException("the connection is closed");
        if (range.FromVehicle != int.MaxValue)
        {
            using var vehicles = new SqliteStatement(db, "SELECT vehicle, id FROM vehicles WHERE vehicle >= ?1 AND vehicle < ?2 ORDER BY vehicle");
            vehicles.Bind(1, SqliteSchema.VehicleKey(shard, range.FromVehicle));
            vehicles.Bind(2, SqliteSchema.VehicleKey(shard + 1, 0));
            while (vehicles.Step()) visitor.OnVehicle((int)(vehicles.Int64(0) & uint.MaxValue), vehicles.Blob(1));
        }
        const long mask = (1L << SqliteSchema.SequenceBits) - 1;
        using var events = new SqliteStatement(db, """
            SELECT id, vehicle, version, type, quality, occurred_ms, recorded_ms, source, source_sequence, previous, payload
            FROM events WHERE id > ?1 AND id <= ?2 ORDER BY id
            """);
        using var setpoints = new SqliteStatement(db, "SELECT id, at_ms, valid_until_ms, changes FROM setpoints WHERE id > ?1 AND id <= ?2 ORDER BY id");
        foreach (SqliteStatement statement in new[] { events, setpoints })
        {
            statement.Bind(1, SqliteSchema.Key(shard, range.After));
            statement.Bind(2, SqliteSchema.Key(shard, Math.Min(range.Through, mask)));
        }
        bool moreEvents = events.Step(), moreSetpoints = setpoints.Step();
        for (long count = 0; moreEvents || moreSetpoints; count++)
        {
            if ((count & 0xfff) == 0) cancellationToken.ThrowIfCancellationRequested();
            if (moreEvents && (!moreSetpoints || events.Int64(0) < setpoints.Int64(0)))
            {
                var row = new EventRow(
                    events.Int64(0) & mask, (int)(events.Int64(1) & uint.MaxValue), (int)events.Int64(2), (EventSchema)events.Int64(3),
                    (Quality)events.Int64(4), events.Int64(5), events.Int64(6), (int)events.Int64(7), events.Int64(8), events.Int64(9));
                visitor.OnEvent(in row, events.Blob(10));
                moreEvents = events.Step();
            }
            else
            {
                visitor.OnSetpoints(setpoints.Int64(0) & mask, SetpointCodec.Decode(shard, setpoints.Int64(1), setpoints.Int64(2), setpoints.Blob(3)));
                moreSetpoints = setpoints.Step();
            }
        }
    }
}
