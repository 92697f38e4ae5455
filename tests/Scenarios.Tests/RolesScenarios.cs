using System.Globalization;
using System.Net;
using System.Text.Json;
using Movc.Domain.Hashing;
using Movc.EventLog;
using Movc.TestKit;

namespace Movc.Scenarios.Tests;

/// <summary>The same city as several processes over Kafka's protocol and a real PostgreSQL.</summary>
public abstract class RolesScenarios : IClassFixture<PostgresTests.Server>, IAsyncLifetime
{
    private const string RoleToken = "between-the-roles";

    /// <summary>Shorter than the tests' own limits, so that what hangs ends with a picture of it.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(110);

    private readonly long _started = TimeProvider.System.GetTimestamp();
    private readonly PostgresTests.Server _server;
    private readonly Workspace _workspace = new();
    private readonly List<MovcProcess> _processes = [];
    private Dictionary<string, string?> _environment = [];
    private string _database = string.Empty;
    private IKafkaCluster? _cluster;

    protected RolesScenarios(PostgresTests.Server server) => _server = server;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _cluster = CreateCluster();
        foreach (string topic in Topics.All) _cluster.Prepare(topic, 16);
        _environment = await _server.MigratedAsync();
        _database = _environment["MOVC_POSTGRES"]!.Split(';').First(p => p.StartsWith("Database=", StringComparison.Ordinal))["Database=".Length..];
        _environment["MOVC_KAFKA"] = _cluster.Servers;
        _environment["MOVC_ROLE_TOKEN"] = RoleToken;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (MovcProcess process in _processes) await process.DisposeAsync();
        _cluster?.Dispose();
        _workspace.Dispose();
        GC.SuppressFinalize(this);
    }

    [Fact(Timeout = 180_000)]
    public async Task A_city_of_roles_comes_to_the_same_as_one_process_though_twins_are_killed_and_added()
    {
        MovcProcess optimizer = Start("optimizer");
        MovcProcess first = Start("twin"), second = Start("twin");
        string twins = $"{Authority(await first.InternalAsync())},{Authority(await second.InternalAsync())}";
        // Slow enough to be killed in the middle.
        MovcProcess ingest = Start("ingest", "--twins", twins, "--intervals", Text(City.Intervals), "--speed", "900", "--hold");
        await PlansAsync(3);
        (await HeldAsync(first)).ShouldBeGreaterThan(0);
        (await HeldAsync(second)).ShouldBeGreaterThan(0);
        await first.KillAsync();
        while (await HeldAsync(second) != 16) await PauseAsync();
        await PlansAsync(6);
        // The optimizer and the source too: both go on from what is stored.
        await optimizer.KillAsync();
        await ingest.KillAsync();
        Start("optimizer");
        MovcProcess third = Start("twin");
        twins = $"{Authority(await second.InternalAsync())},{Authority(await third.InternalAsync())}";
        await HeldByBothAsync(second, third);
        await SettledAsync();
        int left = City.Intervals - int.Parse(Sql("SELECT (min(reached_ms) - 1658073600000) / 600000 FROM movc.sources"), CultureInfo.InvariantCulture);
        // On a machine that stalled meanwhile the source may have told everything before it was killed.
        if (left > 0) Start("ingest", "--twins", twins, "--intervals", Text(left), "--speed", "1200", "--hold");
        second.Signal(MovcProcess.Terminate);
        (await second.EndAsync()).Code.ShouldBe(0);
        // One more than in a run that knows its end: the shards hand over at the last boundary as at every other.
        await PlansAsync(City.Intervals + 1);
        await ShouldEqualUndisturbedAsync(third);
    }

    [Fact(Timeout = 180_000)]
    public async Task A_twin_that_stands_still_past_its_session_is_taken_over_and_does_no_harm_when_it_wakes()
    {
        Start("optimizer");
        MovcProcess first = Start("twin"), second = Start("twin");
        string twins = $"{Authority(await first.InternalAsync())},{Authority(await second.InternalAsync())}";
        Start("ingest", "--twins", twins, "--intervals", Text(City.Intervals), "--speed", "1200", "--hold");
        await PlansAsync(3);
        (await HeldAsync(first)).ShouldBeGreaterThan(0);
        first.Signal(MovcProcess.Freeze);
        while (await HeldAsync(second) != 16) await PauseAsync();
        await PlansAsync(6);
        // It wakes in the belief that its shards are its own; the store knows better.
        first.Signal(MovcProcess.Thaw);
        await HeldByBothAsync(first, second);
        second.Signal(MovcProcess.Terminate);
        (await second.EndAsync()).Code.ShouldBe(0);
        await PlansAsync(City.Intervals + 1);
        await ShouldEqualUndisturbedAsync(first);
    }

    [Fact(Timeout = 120_000)]
    public async Task The_page_shows_the_city_of_roles_and_says_since_when_a_role_is_away()
    {
        Start("optimizer");
        MovcProcess optimizer = _processes[^1], twin = Start("twin");
        string twins = Authority(await twin.InternalAsync());
        MovcProcess ingest = Start("ingest", "--twins", twins, "--intervals", "4", "--speed", "max", "--hold");
        MovcProcess gateway = StartGateway(twins, Authority(await optimizer.InternalAsync()), Authority(await ingest.InternalAsync()));
        using var http = new HttpClient { BaseAddress = await gateway.PageAsync() };
        await PlansAsync(5);
        JsonElement city = await UntilAsync(http, "api/v1/city", c => c.TryGetProperty("frame", out JsonElement f) && f.GetProperty("state").GetString() is "finished" && f.GetProperty("plan").ValueKind == JsonValueKind.Object);
        city.GetProperty("frame").GetProperty("counts").GetProperty("registered").GetInt32().ShouldBe(3000);
        JsonElement plan = await JsonAsync(http, "api/v1/plan");
        plan.GetProperty("hash").GetString().ShouldBe(Sql("SELECT hash FROM movc.plans ORDER BY at_ms DESC LIMIT 1"));
        string vehicle = Sql("SELECT convert_from(id, 'UTF8') FROM movc.vehicles WHERE shard = 3 AND vehicle = 0");
        JsonElement events = (await JsonAsync(http, $"api/v1/vehicles/{vehicle}/events")).GetProperty("items");
        events.GetArrayLength().ShouldBe(int.Parse(Sql($"SELECT count(*) FROM movc.mt_events_of('{vehicle}')"), CultureInfo.InvariantCulture));
        (await http.GetAsync(new Uri("api/v1/vehicles/nobody", UriKind.Relative), Token)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await JsonAsync(http, "api/v1/health")).GetProperty("status").GetString().ShouldBe("ok");
        // Roles that are away: the last picture stays, the cause and its time are told.
        await optimizer.KillAsync();
        JsonElement health = await UntilAsync(http, "api/v1/health", h => h.GetProperty("status").GetString() is "degraded");
        health.GetProperty("causes")[0].GetString().ShouldNotBeNull().ShouldMatch(@"^the twin waits since \d{4}-.+Z: the optimizer at 127\.0\.0\.1:\d+ cannot be asked \(.+\); the last plan known is shown");
        (await JsonAsync(http, "api/v1/plan")).GetProperty("id").GetString().ShouldBe(plan.GetProperty("id").GetString());
        await twin.KillAsync();
        await UntilAsync(http, "api/v1/health", h => h.GetProperty("causes")[0].GetString()!.Contains("no process of the twin answers", StringComparison.Ordinal));
        (await JsonAsync(http, "api/v1/city")).GetProperty("frame").GetProperty("counts").GetProperty("registered").GetInt32().ShouldBe(3000);
        (await http.GetAsync(new Uri($"api/v1/vehicles/{vehicle}", UriKind.Relative), Token)).StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
    }

    [Fact(Timeout = 120_000)]
    public async Task Roles_tell_whether_they_are_ready_and_serve_nothing_without_the_token()
    {
        MovcProcess twin = Start("twin");
        Uri address = await twin.InternalAsync();
        using var http = new HttpClient { BaseAddress = address };
        (await http.GetAsync(new Uri("health/live", UriKind.Relative), Token)).StatusCode.ShouldBe(HttpStatusCode.OK);
        await UntilAsync(http, "health/ready", r => r.GetProperty("isReady").GetBoolean() && r.GetProperty("state").GetString() is "");
        foreach (string path in (string[])["internal/v1/twin", "internal/v1/twin/hashes", "internal/v1/twin/positions?source=x", "INTERNAL/v1/twin"])
            (await http.GetAsync(new Uri(path, UriKind.Relative), Token)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized, path);
        http.DefaultRequestHeaders.Add("Authorization", "Bearer wrong");
        (await http.GetAsync(new Uri("internal/v1/twin", UriKind.Relative), Token)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        // With the token it says what it does, or what it waits for.
        http.DefaultRequestHeaders.Authorization = new("Bearer", RoleToken);
        await UntilAsync(http, "health/ready", r => r.GetProperty("state").GetString() is "holds 16 shards");
        await using MovcProcess open = MovcProcess.Start(
            new Dictionary<string, string?>(_environment, StringComparer.Ordinal) { ["MOVC_ROLE_TOKEN"] = null }, "twin", "--vehicles", "3000", "--seed", "11", "--listen", "0.0.0.0:0");
        (await open.EndAsync()).Complaint(2).ShouldContain("can be reached from other machines and no token is set: set MOVC_ROLE_TOKEN");
        await using MovcProcess other = MovcProcess.Start(_environment, "twin", "--vehicles", "3001", "--seed", "11", "--listen", "127.0.0.1:0");
        (await other.EndAsync()).Complaint(2).ShouldContain("with 3000 vehicles, seed 11");
        // A cluster that goes away, and comes back: by the mock's own switch.
        if (_cluster is MockKafka mock)
        {
            mock.Down();
            JsonElement silent = await UntilAsync(http, "health/ready", r => !r.GetProperty("isReady").GetBoolean());
            silent.GetProperty("state").GetString().ShouldNotBeNull().ShouldStartWith($"Kafka {mock.Servers}: does not answer");
            mock.Up();
            await UntilAsync(http, "health/ready", r => r.GetProperty("isReady").GetBoolean());
        }
        // A database that goes away: not ready, since when, and ready again.
        _server.Postgres.Crash();
        MovcProcess ingest = Start("ingest", "--twins", Authority(address), "--intervals", "1", "--speed", "max", "--hold");
        JsonElement waiting = await UntilAsync(http, "health/ready", r => !r.GetProperty("isReady").GetBoolean());
        waiting.GetProperty("state").GetString().ShouldNotBeNull().ShouldStartWith("PostgreSQL 127.0.0.1:");
        waiting.GetProperty("since").GetDateTimeOffset().ShouldBeLessThan(TimeProvider.System.GetUtcNow());
        _server.Postgres.Restart();
        await UntilAsync(http, "health/ready", r => r.GetProperty("isReady").GetBoolean());
        ingest.HasExited.ShouldBeFalse(ingest.Errors);
    }

    /// <summary>A failure among processes cannot be understood without what each of them said and where the shards stood.</summary>
    private async Task<string> PictureAsync() => string.Join(
        Environment.NewLine,
        [
            Sql("SELECT shard, writer_epoch, journal_sequence, events_offset, setpoints_offset FROM movc.shards ORDER BY shard"),
            Sql("SELECT at_ms, hash FROM movc.plans ORDER BY at_ms"),
            Sql("SELECT pid, state, wait_event, pg_blocking_pids(pid), left(query, 60) FROM pg_stat_activity WHERE application_name = 'movc'"),
            Sql("SELECT reason, detail, count(*) FROM movc.dead_letters GROUP BY 1, 2"),
            .. await Task.WhenAll(_processes.Where(p => !p.HasExited).Select(ToldAsync)),
            .. _processes.Select((p, k) => $"-- process {k}{(p.HasExited ? ", ended" : string.Empty)}:\n{p.Errors}"),
        ]);

    private static async Task<string> ToldAsync(MovcProcess process)
    {
        try
        {
            using var http = new HttpClient { BaseAddress = await process.InternalAsync(), Timeout = TimeSpan.FromSeconds(5) };
            http.DefaultRequestHeaders.Add("Authorization", $"Bearer {RoleToken}");
            return await http.GetStringAsync(new Uri("internal/v1/twin", UriKind.Relative), Token);
        }
        catch (Exception e) when (e is HttpRequestException or InvalidOperationException or OperationCanceledException or TimeoutException)
        {
            return e.Message;
        }
    }

    /// <summary>The cluster of one test; skips it where there is none.</summary>
    protected abstract IKafkaCluster CreateCluster();

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Authority(Uri address) => address.Authority;

    private async Task ShouldEqualUndisturbedAsync(MovcProcess twin)
    {
        Outcome undisturbed = await City.UndisturbedAsync();
        string[] events = Rows("""
            SELECT ((shard::bigint << 40) | journal_sequence) || ' ' || ((shard::bigint << 32) | vehicle) || ' ' || version || ' ' || type || ' '
                || round(extract(epoch FROM occurred_at) * 1000)::bigint || ' ' || source_sequence || ' ' || upper(encode(payload, 'hex'))
            FROM movc.events ORDER BY shard, journal_sequence
            """);
        Outcome.Differs(events, undisturbed.Events).ShouldBeNull("events");
        Outcome.Differs(Rows("SELECT at_ms || ' ' || hash FROM movc.plans ORDER BY at_ms")[..City.Intervals], undisturbed.Plans).ShouldBeNull("plans");
        string[] setpoints = Rows($"""
            SELECT ((shard::bigint << 40) | journal_sequence) || ' ' || at_ms || ' ' || valid_until_ms || ' ' || upper(encode(changes, 'hex'))
            FROM movc.setpoints WHERE at_ms < (SELECT max(at_ms) FROM movc.plans) ORDER BY shard, journal_sequence
            """);
        Outcome.Differs(setpoints, undisturbed.Setpoints).ShouldBeNull("setpoints");
        Sql("SELECT count(*) FROM movc.dead_letters").ShouldBe("0");
        using var http = new HttpClient { BaseAddress = await twin.InternalAsync() };
        http.DefaultRequestHeaders.Add("Authorization", $"Bearer {RoleToken}");
        JsonElement hashes = await UntilAsync(http, "internal/v1/twin/hashes", h => h.GetArrayLength() == 16);
        UInt128 hash = hashes.EnumerateArray().Select(h => UInt128.Parse(h.GetProperty("hash").GetString()!, NumberStyles.HexNumber, CultureInfo.InvariantCulture)).Aggregate(UInt128.Zero, StateHash.Combine);
        StateHash.ToHex(hash).ShouldBe(undisturbed.Summary.GetProperty("stateHash").GetString());
    }

    private MovcProcess Start(string role, params string[] more)
    {
        string settings = Path.Combine(Directory.CreateDirectory(_workspace.Data).FullName, "kafka.txt");
        // A process that is gone is noticed as soon as the cluster lets it, instead of after ten seconds.
        File.WriteAllText(settings, $"session.timeout.ms={Text((int)_cluster!.ShortestSession.TotalMilliseconds)}\nheartbeat.interval.ms=500\n");
        MovcProcess process = MovcProcess.Start(_environment, [role, "--vehicles", "3000", "--seed", "11", "--listen", "127.0.0.1:0", "--kafka-settings", settings, "--topic-prefix", _cluster!.TopicPrefix, .. more]);
        _processes.Add(process);
        return process;
    }

    private MovcProcess StartGateway(string twins, string optimizer, string ingest) => Start("gateway", "--twins", twins, "--optimizer", optimizer, "--ingest", ingest);

    private string Sql(string sql) => _server.Postgres.Psql(_database, sql);

    private string[] Rows(string sql) => Sql(sql).Split('\n');

    private static async Task<int> HeldAsync(MovcProcess twin)
    {
        using var http = new HttpClient { BaseAddress = await twin.InternalAsync() };
        http.DefaultRequestHeaders.Add("Authorization", $"Bearer {RoleToken}");
        return (await JsonAsync(http, "internal/v1/twin")).GetProperty("shards").GetArrayLength();
    }

    private async Task HeldByBothAsync(MovcProcess one, MovcProcess other)
    {
        while (await HeldAsync(one) + await HeldAsync(other) != 16 || await HeldAsync(other) == 0) await PauseAsync();
    }

    /// <summary>Nothing is on its way any more: the source is gone, and what it had sent was planned for.</summary>
    private async Task SettledAsync()
    {
        for (string before = string.Empty, now; ; before = now)
        {
            now = Sql("SELECT count(*) || ' ' || (SELECT sum(events_offset + setpoints_offset) FROM movc.shards) FROM movc.plans");
            if (string.Equals(now, before, StringComparison.Ordinal)) return;
            await Task.Delay(1500, Token);
        }
    }

    private async Task PlansAsync(int count)
    {
        while (int.Parse(Sql("SELECT count(*) FROM movc.plans"), CultureInfo.InvariantCulture) < count) await PauseAsync();
    }

    private async Task PauseAsync()
    {
        if (_processes.Exists(p => p.HasExited && p.Errors.Contains("movc: ", StringComparison.Ordinal)) || TimeProvider.System.GetElapsedTime(_started) > Patience) Assert.Fail(await PictureAsync());
        await Task.Delay(50, Token);
    }

    private static async Task<JsonElement> JsonAsync(HttpClient http, string path)
    {
        using HttpResponseMessage response = await http.GetAsync(new Uri(path, UriKind.Relative), Token);
        return JsonDocument.Parse(await response.Content.ReadAsStringAsync(Token)).RootElement;
    }

    private async Task<JsonElement> UntilAsync(HttpClient http, string path, Func<JsonElement, bool> holds)
    {
        while (true)
        {
            JsonElement answer = await JsonAsync(http, path);
            if (holds(answer)) return answer;
            await PauseAsync();
        }
    }
}
