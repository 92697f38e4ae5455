using System.Globalization;
using System.Text.Json;
using Movc.TestKit;

namespace Movc.Scenarios.Tests;

/// <summary>The same city on PostgreSQL: killed, and its server killed under it.</summary>
public sealed class PostgresTests(PostgresTests.Server server) : IClassFixture<PostgresTests.Server>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_city_killed_three_times_comes_to_the_same_as_one_left_alone_on_SQLite()
    {
        using var workspace = new Workspace();
        Dictionary<string, string?> environment = await server.MigratedAsync();
        foreach (int plans in (int[])[1, 4, 7])
        {
            await using MovcProcess movc = MovcProcess.Start(environment, Arguments(workspace, Left(environment, workspace)));
            await workspace.Stored.PlansAsync(movc, plans);
            await movc.KillAsync();
        }
        await using MovcProcess last = MovcProcess.Start(environment, Arguments(workspace, Left(environment, workspace)));
        Ended ended = await last.EndAsync();
        await ShouldEqualAsync(workspace, ended);
        // Another city is refused, and left alone.
        using var elsewhere = new Workspace();
        await using MovcProcess other = MovcProcess.Start(environment, [.. City.Arguments(elsewhere, 40, 1, "max"), "--store", "postgres"]);
        (await other.EndAsync()).Complaint(2).ShouldContain("give --fresh to delete it, or another database");
        // Plans without their events would be waited for until the end of days.
        await using MovcProcess emptied = MovcProcess.Start(await server.MigratedAsync(), Arguments(workspace, 1));
        (await emptied.EndAsync()).Complaint(2).ShouldContain("which the store of events has not reached; give the store that belongs to it, or --fresh");
        await using MovcProcess onSqlite = MovcProcess.Start(City.Arguments(workspace, 1));
        (await onSqlite.EndAsync()).Complaint(2).ShouldContain("events in PostgreSQL; this run is");
    }

    [Fact]
    public async Task A_city_outlives_its_database_and_says_since_when_it_waits()
    {
        using var workspace = new Workspace();
        Dictionary<string, string?> environment = await server.MigratedAsync();
        string[] arguments = [.. Arguments(workspace, City.Intervals).Where(a => a is not "--no-page"), "--listen", "127.0.0.1:0"];
        arguments[Array.IndexOf(arguments, "--speed") + 1] = "1200";
        await using MovcProcess movc = MovcProcess.Start(environment, arguments);
        Uri page = await movc.PageAsync();
        await workspace.Stored.PlansAsync(movc, 3);
        server.Postgres.Crash();
        using var http = new HttpClient { BaseAddress = page };
        JsonElement health;
        do
        {
            await Task.Delay(100, Token);
            health = JsonDocument.Parse(await http.GetStringAsync("api/v1/health", Token)).RootElement;
        }
        while (health.GetProperty("causes").GetArrayLength() == 0);
        health.GetProperty("status").GetString().ShouldBe("degraded");
        health.GetProperty("causes")[0].GetString().ShouldNotBeNull().ShouldMatch(@"^the twin waits since \d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ: PostgreSQL 127\.0\.0\.1:\d+/movc\d+: ");
        server.Postgres.Restart();
        Ended ended = await movc.EndAsync();
        await ShouldEqualAsync(workspace, ended with { Out = ended.Out[ended.Out.IndexOf('{', StringComparison.Ordinal)..] });
    }

    private static async Task ShouldEqualAsync(Workspace workspace, Ended ended)
    {
        Outcome undisturbed = await City.UndisturbedAsync();
        workspace.Stored.Plans.ShouldBe(undisturbed.Plans);
        JsonElement summary = ended.Summary();
        foreach (string name in (string[])["stateHash", "at", "departures", "departuresUnderPromise", "stored", "pvdrAfter"])
            summary.GetProperty(name).GetRawText().ShouldBe(undisturbed.Summary.GetProperty(name).GetRawText(), name);
    }

    private static string[] Arguments(Workspace workspace, int intervals) => [.. City.Arguments(workspace, intervals), "--store", "postgres"];

    /// <summary>Intervals to the boundary at which the whole run ends, by what the database holds.</summary>
    private int Left(Dictionary<string, string?> environment, Workspace workspace)
    {
        string city = Path.Combine(workspace.Data, "city.json");
        if (!File.Exists(city)) return City.Intervals;
        JsonElement identity = JsonDocument.Parse(File.ReadAllText(city)).RootElement;
        string database = environment["MOVC_POSTGRES"]!.Split(';').First(p => p.StartsWith("Database=", StringComparison.Ordinal))["Database=".Length..];
        string[] reached = server.Postgres.Psql(database, $"SELECT count(*), coalesce(min(reached_ms), 0) FROM movc.sources WHERE uri = '{identity.GetProperty("Source").GetString()}'").Split('|');
        long startMs = identity.GetProperty("StartMs").GetInt64();
        // A partition that knows no source yet stands before the start.
        long fromMs = int.Parse(reached[0], CultureInfo.InvariantCulture) < identity.GetProperty("Partitions").GetInt32() ? startMs : Math.Max(startMs, long.Parse(reached[1], CultureInfo.InvariantCulture));
        return City.Intervals - (int)((fromMs - startMs) / 600_000);
    }

    public sealed class Server : IDisposable
    {
        private readonly Lazy<PostgresServer> _server = new(PostgresServer.Start);

        public PostgresServer Postgres
        {
            get
            {
                if (PostgresServer.Missing is { } missing) Assert.Skip(missing);
                return _server.Value;
            }
        }

        /// <summary>A new database with the schema, made by the product, as the environment of a child.</summary>
        public async Task<Dictionary<string, string?>> MigratedAsync()
        {
            var environment = new Dictionary<string, string?>(StringComparer.Ordinal) { ["MOVC_POSTGRES"] = Postgres.CreateDatabase() };
            await using MovcProcess migrate = MovcProcess.Start(environment, "migrate");
            Ended ended = await migrate.EndAsync();
            ended.Code.ShouldBe(0, ended.Error);
            return environment;
        }

        public void Dispose()
        {
            if (_server.IsValueCreated) _server.Value.Dispose();
        }
    }
}
