using Movc.Domain.Events;
using Npgsql;
using NpgsqlTypes;

namespace Movc.TwinState.Store.Postgres;

/// <summary>Reads a shard's journal in order: events by binary COPY, setpoint batches beside them, merged by their sequence.</summary>
internal static class PostgresJournalReader
{
    public static async Task ReadAsync(NpgsqlDataSource source, int shard, JournalRange range, IJournalVisitor visitor, CancellationToken cancellationToken)
    {
        await using NpgsqlConnection connection = await source.OpenConnectionAsync(cancellationToken);
        await using NpgsqlConnection beside = await source.OpenConnectionAsync(cancellationToken);
        if (range.FromVehicle != int.MaxValue)
        {
            await using var vehicles = new NpgsqlCommand("SELECT vehicle, id FROM movc.vehicles WHERE shard = $1 AND vehicle >= $2 ORDER BY vehicle", connection)
            {
                Parameters = { new() { Value = shard }, new() { Value = range.FromVehicle } },
            };
            await using NpgsqlDataReader reader = await vehicles.ExecuteReaderAsync(cancellationToken);
            while (await reader.ReadAsync(cancellationToken)) visitor.OnVehicle(reader.GetInt32(0), reader.GetFieldValue<byte[]>(1));
        }
        await using var command = new NpgsqlCommand(
            "SELECT journal_sequence, at_ms, valid_until_ms, changes FROM movc.setpoints WHERE shard = $1 AND journal_sequence > $2 AND journal_sequence <= $3 ORDER BY journal_sequence", beside)
        {
            Parameters = { new() { Value = shard }, new() { Value = range.After }, new() { Value = range.Through } },
        };
        await using NpgsqlDataReader setpoints = await command.ExecuteReaderAsync(cancellationToken);
        bool moreSetpoints = await setpoints.ReadAsync(cancellationToken);
        await using NpgsqlBinaryExporter events = await connection.BeginBinaryExportAsync(
            $"""
            COPY (SELECT journal_sequence, vehicle, version, type, quality, occurred_at, recorded_at, source, source_sequence, previous_sequence, payload
                  FROM movc.events WHERE shard = {shard} AND journal_sequence > {range.After} AND journal_sequence <= {range.Through} ORDER BY journal_sequence) TO STDOUT (FORMAT BINARY)
            """,
            cancellationToken);
        for (long count = 0; events.StartRow() > 0; count++)
        {
            if ((count & 0xfff) == 0) cancellationToken.ThrowIfCancellationRequested();
            var row = new EventRow(
                events.Read<long>(NpgsqlDbType.Bigint), events.Read<int>(NpgsqlDbType.Integer), events.Read<int>(NpgsqlDbType.Integer),
                (EventSchema)events.Read<short>(NpgsqlDbType.Smallint), (Quality)events.Read<short>(NpgsqlDbType.Smallint),
                Ms(events.Read<DateTime>(NpgsqlDbType.TimestampTz)), Ms(events.Read<DateTime>(NpgsqlDbType.TimestampTz)),
                events.Read<int>(NpgsqlDbType.Integer), events.Read<long>(NpgsqlDbType.Bigint), events.Read<long>(NpgsqlDbType.Bigint));
            byte[] payload = events.Read<byte[]>(NpgsqlDbType.Bytea);
            for (; moreSetpoints && setpoints.GetInt64(0) < row.JournalSequence; moreSetpoints = await setpoints.ReadAsync(cancellationToken)) Visit(shard, setpoints, visitor);
            visitor.OnEvent(in row, payload);
        }
        for (; moreSetpoints; moreSetpoints = await setpoints.ReadAsync(cancellationToken)) Visit(shard, setpoints, visitor);
    }

    public static long Ms(DateTime instant) => (instant.ToUniversalTime() - DateTime.UnixEpoch).Ticks / TimeSpan.TicksPerMillisecond;

    private static void Visit(int shard, NpgsqlDataReader setpoints, IJournalVisitor visitor) =>
        visitor.OnSetpoints(setpoints.GetInt64(0), SetpointCodec.Decode(shard, setpoints.GetInt64(1), setpoints.GetInt64(2), setpoints.GetFieldValue<byte[]>(3)));
}
