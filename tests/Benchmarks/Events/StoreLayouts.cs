using Movc.Database;
using Movc.Domain.Events;
using Movc.TwinState.Store;
using Movc.TwinState.Store.Postgres;
using Npgsql;

namespace Movc.Benchmarks.Events;

/// <summary>The same events into our tables and into Marten's layout, same database, same transactions, one connection each.</summary>
internal static class StoreLayouts
{
    private const int Events = 240_000;
    private const int EachTransaction = 4_096;
    private const int Vehicles = 20_000;

    private const string MartenTables = """
        CREATE TABLE public.mt_streams (
            id varchar PRIMARY KEY, type varchar, version bigint NOT NULL, "timestamp" timestamptz NOT NULL DEFAULT now(),
            created timestamptz NOT NULL DEFAULT now(), tenant_id varchar DEFAULT '*DEFAULT*', is_archived boolean DEFAULT false);
        CREATE SEQUENCE public.mt_events_sequence;
        CREATE TABLE public.mt_events (
            seq_id bigint PRIMARY KEY, id uuid NOT NULL, stream_id varchar NOT NULL REFERENCES public.mt_streams ON DELETE CASCADE, version bigint NOT NULL,
            data jsonb NOT NULL, type varchar(500) NOT NULL, "timestamp" timestamptz NOT NULL DEFAULT now(), tenant_id varchar DEFAULT '*DEFAULT*',
            mt_dotnet_type varchar, is_archived boolean DEFAULT false);
        CREATE UNIQUE INDEX pk_mt_events_stream_and_version ON public.mt_events (stream_id, version);
        CREATE UNIQUE INDEX idx_mt_events_event_id ON public.mt_events (id);
        """;

    private const string Upsert = "INSERT INTO public.mt_streams (id, type, version) VALUES ($1, 'vehicle', $2) ON CONFLICT (id) DO UPDATE SET version = excluded.version, \"timestamp\" = now()";

    private const string Insert = "INSERT INTO public.mt_events (seq_id, id, stream_id, version, data, type, mt_dotnet_type) VALUES (nextval('public.mt_events_sequence'), $1, $2, $3, $4::jsonb, $5, $5)";

    /// <summary>Events a second of both.</summary>
    public static async Task<(double Ours, double Marten)> CompareAsync(string database)
    {
        await PostgresMigrations.MigrateAsync(database, CancellationToken.None);
        await using PostgresEventStore store = await PostgresEventStore.OpenAsync(database, TimeProvider.System, CancellationToken.None);
        ShardHead head = await store.OpenShardAsync(0, CancellationToken.None);
        byte[] payload = [8, 1, 16, 216, 54, 24, 160, 141, 6, 32, 200, 1, 40, 200, 214, 200, 215, 1];
        await CheckpointAsync(database);
        long started = TimeProvider.System.GetTimestamp();
        var append = new ShardAppend { Shard = 0, WriterEpoch = head.WriterEpoch };
        for (int from = 0; from < Events; from += EachTransaction)
        {
            append.ExpectedSequence = append.JournalSequence;
            for (int n = from; n < Math.Min(Events, from + EachTransaction); n++)
            {
                append.JournalSequence++;
                if (n < Vehicles) append.NewVehicles.Add((n, System.Text.Encoding.ASCII.GetBytes($"SZ-{n:000000}")));
                append.Add(new EventRow(append.JournalSequence, n % Vehicles, (n / Vehicles) + 1, EventSchema.ArrivedV1, Quality.Substituted, 1_658_102_400_000 + n, 1_658_102_400_000 + n, 0, n + 1, Math.Max(0, n + 1 - Vehicles)), payload);
            }
            await store.AppendAsync(append, CancellationToken.None);
            append.Clear();
        }
        double ours = Events / TimeProvider.System.GetElapsedTime(started).TotalSeconds;
        return (ours, await MartenAsync(database));
    }

    /// <summary>Writes out what came before, so that neither pays for the other.</summary>
    private static async Task CheckpointAsync(string database)
    {
        await using var connection = new NpgsqlConnection(database);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand("CHECKPOINT", connection);
        await command.ExecuteNonQueryAsync();
    }

    private static async Task<double> MartenAsync(string database)
    {
        await using var connection = new NpgsqlConnection(database + ";Options=-c synchronous_commit=on");
        await connection.OpenAsync();
        await using (var create = new NpgsqlCommand(MartenTables, connection)) await create.ExecuteNonQueryAsync();
        await CheckpointAsync(database);
        const string Data = "{\"place\": \"home\", \"energyWh\": 7000, \"latitudeE7\": 225769396, \"longitudeE7\": 1141793758}";
        long started = TimeProvider.System.GetTimestamp();
        for (int from = 0; from < Events; from += EachTransaction)
        {
            await using NpgsqlTransaction transaction = await connection.BeginTransactionAsync();
            await using var batch = new NpgsqlBatch(connection, transaction);
            for (int n = from; n < Math.Min(Events, from + EachTransaction); n++)
            {
                string stream = $"SZ-{n % Vehicles:000000}";
                long version = (n / Vehicles) + 1;
                batch.BatchCommands.Add(new NpgsqlBatchCommand(Upsert) { Parameters = { new() { Value = stream }, new() { Value = version } } });
                batch.BatchCommands.Add(new NpgsqlBatchCommand(Insert)
                {
                    Parameters = { new() { Value = Guid.CreateVersion7() }, new() { Value = stream }, new() { Value = version }, new() { Value = Data }, new() { Value = "movc.vehicle.arrived.v1" } },
                });
            }
            await batch.PrepareAsync();
            await batch.ExecuteNonQueryAsync();
            await transaction.CommitAsync();
        }
        return Events / TimeProvider.System.GetElapsedTime(started).TotalSeconds;
    }
}
