using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Microsoft.Data.Sqlite;

namespace Movc.Scenarios.Tests;

/// <summary>What a data directory holds, read beside the program or after it.</summary>
internal sealed class Stored(string data)
{
    private const long SlotMs = 600_000;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public IReadOnlyList<string> Plans => Rows("plans.db", "SELECT at_ms || ' ' || hash FROM plans ORDER BY at_ms");

    /// <summary>Load curves of the intervals that are over, exact.</summary>
    public IReadOnlyList<string> Realized => Rows("plans.db", "SELECT format('%d %.17g %.17g %.17g', at_ms, original_kw, charge_only_kw, after_kw) FROM realized ORDER BY at_ms");

    /// <summary>Every event as it was taken in, but for the time at which it was.</summary>
    public IReadOnlyList<string> Events => Rows(
        "twin.db", "SELECT id || ' ' || vehicle || ' ' || version || ' ' || type || ' ' || occurred_ms || ' ' || source_sequence || ' ' || hex(payload) FROM events ORDER BY id");

    /// <summary>Every setpoint that reached a shard.</summary>
    public IReadOnlyList<string> Setpoints => Rows("twin.db", "SELECT id || ' ' || at_ms || ' ' || valid_until_ms || ' ' || hex(changes) FROM setpoints ORDER BY id");

    public IReadOnlyList<string> DeadLetters => Rows("twin.db", "SELECT reason || ' ' || source || ' ' || reference || ' ' || coalesce(vehicle, '') || ' ' || hex(payload) FROM dead_letters ORDER BY source, reference");

    public long EventCount => Count("twin.db", "events");

    /// <summary>Intervals left to the boundary at which a run of so many from the start ends.</summary>
    public int Left(int intervals)
    {
        using JsonDocument city = JsonDocument.Parse(File.ReadAllText(Path.Combine(data, "city.json")));
        long startMs = city.RootElement.GetProperty("StartMs").GetInt64();
        string source = city.RootElement.GetProperty("Source").GetString()!;
        int partitions = city.RootElement.GetProperty("Partitions").GetInt32();
        if (Count("twin.db", "sources") == 0) return intervals;
        long[] reached = [.. Rows("twin.db", $"SELECT CAST(reached_ms AS TEXT) FROM sources WHERE uri = '{source}'").Select(r => long.Parse(r, CultureInfo.InvariantCulture))];
        // A partition that knows no source yet stands before the start.
        long fromMs = reached.Length < partitions ? startMs : Math.Max(startMs, reached.Min());
        return intervals - (int)((fromMs - startMs) / SlotMs);
    }

    /// <summary>Waits until so many plans are stored.</summary>
    public Task PlansAsync(MovcProcess movc, int count) => UntilAsync(movc, $"{count} plans", () => Count("plans.db", "plans") >= count);

    /// <summary>Waits until the first events are stored.</summary>
    public Task EventsAsync(MovcProcess movc) => UntilAsync(movc, "events", () => EventCount > 0);

    /// <summary>Waits until a file is there.</summary>
    public Task FileAsync(MovcProcess movc, string name) => UntilAsync(movc, name, () => File.Exists(Path.Combine(data, name)));

    /// <summary>Id of some vehicle.</summary>
    public string AnyVehicle() => Rows("twin.db", "SELECT CAST(id AS TEXT) FROM vehicles ORDER BY vehicle LIMIT 1")[0];

    /// <summary>Puts an older snapshot of a shard in the place of its newest.</summary>
    public void SwapSnapshots() => Rows("twin.db", "UPDATE snapshots SET state = (SELECT s.state FROM snapshots s ORDER BY s.id LIMIT 1) WHERE id = (SELECT max(id) FROM snapshots WHERE id < (1 << 40)) RETURNING 'x'").ShouldHaveSingleItem();

    /// <summary>Spoils an event's payload; returns what mends it.</summary>
    public string SpoilEvent()
    {
        string row = Rows("twin.db", "SELECT CAST(id AS TEXT) || ' ' || hex(payload) FROM events ORDER BY id LIMIT 1")[0];
        Rows("twin.db", $"UPDATE events SET payload = x'FFFF' WHERE id = {row.Split(' ')[0]} RETURNING 'x'").ShouldHaveSingleItem();
        return row;
    }

    /// <summary>Mends what <see cref="SpoilEvent"/> spoilt.</summary>
    public void MendEvent(string row) => Rows("twin.db", $"UPDATE events SET payload = x'{row.Split(' ')[1]}' WHERE id = {row.Split(' ')[0]} RETURNING 'x'").ShouldHaveSingleItem();

    private static async Task UntilAsync(MovcProcess movc, string what, Func<bool> isThere)
    {
        var watch = Stopwatch.StartNew();
        while (!isThere())
        {
            movc.HasExited.ShouldBeFalse($"movc ended before there were {what}: {movc.Errors}");
            (watch.Elapsed < Patience).ShouldBeTrue($"no {what} after {Patience.TotalSeconds} s; movc said: {movc.Errors}");
            await Task.Delay(2, TestContext.Current.CancellationToken);
        }
    }

    private long Count(string file, string table)
    {
        if (!File.Exists(Path.Combine(data, file))) return 0;
        try
        {
            return long.Parse(Rows(file, $"SELECT CAST(count(*) AS TEXT) FROM {table}")[0], CultureInfo.InvariantCulture);
        }
        catch (SqliteException)
        {
            // Not made yet, or just being made.
            return 0;
        }
    }

    private List<string> Rows(string file, string sql)
    {
        using var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = Path.Combine(data, file), Mode = sql.StartsWith("SELECT", StringComparison.Ordinal) ? SqliteOpenMode.ReadOnly : SqliteOpenMode.ReadWrite, Pooling = false,
        }.ToString());
        connection.Open();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        using SqliteDataReader reader = command.ExecuteReader();
        var rows = new List<string>();
        while (reader.Read()) rows.Add(reader.GetString(0));
        return rows;
    }
}
