using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Movc.EventLog;
using Movc.TestKit;

namespace Movc.Scenarios.Tests;

/// <summary>Clients that know Movc by its .proto files and topics alone: kcat and python3-kafka, as the examples use them.</summary>
public sealed class ForeignClientTests : IDisposable
{
    private readonly MockKafka _cluster = new();
    private readonly Workspace _workspace = new();

    public ForeignClientTests()
    {
        foreach (string topic in Topics.All) _cluster.CreateTopic(topic, 16);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _cluster.Dispose();
        _workspace.Dispose();
    }

    [Fact(Timeout = 180_000)]
    public async Task Kcat_and_python_send_events_that_count_and_rubbish_that_is_put_aside_and_read_what_comes_of_it()
    {
        foreach ((string program, string package) in ((string, string)[])[("/usr/bin/kcat", "kcat"), ("/usr/bin/protoc", "protobuf-compiler"), ("/usr/lib/python3/dist-packages/kafka", "python3-kafka")])
        {
            if (!Path.Exists(program)) Assert.Skip($"needs clients of Kafka (Debian package {package})");
        }
        await using MovcProcess movc = MovcProcess.Start(
            "run", "--vehicles", "3000", "--seed", "11", "--speed", "1200", "--data", _workspace.Data, "--listen", "127.0.0.1:0", "--log", "kafka", "--kafka", _cluster.Servers);
        using var http = new HttpClient { BaseAddress = await movc.PageAsync() };
        DateTimeOffset at = (await UntilAsync(http, "api/v1/city", c => c.TryGetProperty("frame", out JsonElement f) && f.GetProperty("plan").ValueKind == JsonValueKind.Object)).GetProperty("frame").GetProperty("at").GetDateTimeOffset();
        string time = at.ToString("yyyy-MM-dd'T'HH:mm:ssK", CultureInfo.InvariantCulture);
        long departureMs = at.AddHours(9).ToUnixTimeMilliseconds();

        await KcatAsync("kcat-1", "movc.vehicle.registered.v1", "VehicleRegistered", time, "capacity_wh: 60000 energy_wh: 30000 consent: CONSENT_V2G_WHEN_STAYING");
        await KcatAsync("kcat-1", "movc.vehicle.plugged-in.v1", "VehiclePluggedIn", time, $"max_charge_w: 7000 max_discharge_w: 7000 energy_wh: 20000 place: PLACE_HOME declared_departure_ms: {departureMs}");
        await KcatAsync("kcat-1", "movc.vehicle.flew.v1", "VehicleUnplugged", time, "energy_wh: 5");
        await PythonAsync("send", "python-1", "movc.vehicle.registered.v1", "VehicleRegistered", "urn:python", time, """{"capacityWh": 50000, "energyWh": 40000, "consent": "CONSENT_V2G_WHEN_STAYING"}""");
        await PythonAsync("send", "python-1", "movc.vehicle.plugged-in.v1", "VehiclePluggedIn", "urn:python", time, $$"""{"maxChargeW": 11000, "maxDischargeW": 11000, "energyWh": 10000, "place": "PLACE_WORK", "declaredDepartureMs": {{departureMs}}}""");
        await PythonAsync("send", "python-1", "movc.vehicle.unplugged.v1", "raw", "urn:python", time, "ffffff");

        foreach (string vehicle in (string[])["kcat-1", "python-1"])
        {
            JsonElement view = await UntilAsync(http, $"api/v1/vehicles/{vehicle}", v => v.TryGetProperty("plugged", out JsonElement plugged) && plugged.GetBoolean());
            view.GetProperty("consent").GetString().ShouldBe("when-staying");
        }
        JsonElement letters = await UntilAsync(http, "api/v1/dead-letters", l => l.GetProperty("items").GetArrayLength() == 2);
        letters.GetProperty("items").EnumerateArray().Select(l => $"{l.GetProperty("source").GetString()} {l.GetProperty("reason").GetString()} {l.GetProperty("vehicle").GetString()}")
            .ShouldBe(["urn:kcat unknown-type kcat-1", "urn:python undecodable python-1"], ignoreOrder: true);

        // A vehicle that consents and stays is told what to do, and the same stands in the twin.
        JsonElement setpoint = JsonDocument.Parse(await PythonAsync("setpoints", "python-1")).RootElement;
        setpoint.GetProperty("powerW").GetInt32().ShouldBeInRange(-11_000, 11_000);
        setpoint.GetProperty("atMs").GetInt64().ShouldBeGreaterThanOrEqualTo(at.ToUnixTimeMilliseconds());
        string plan = setpoint.GetProperty("plan").GetString()!;
        JsonElement[] plans = [.. (await PythonAsync("plans", "2")).Split('\n').Select(l => JsonDocument.Parse(l).RootElement)];
        plans.Select(p => p.GetProperty("hash").GetString()!.Length).ShouldAllBe(length => length == 64);
        string latest = (await JsonAsync(http, "api/v1/plan")).GetProperty("id").GetString()!;
        string shown = await BashAsync($"kcat -q -C -b {_cluster.Servers} -t movc.plans.v1 -p 0 -o beginning -e -f '%k %h\\n'", string.Empty);
        shown.ShouldContain(latest);
        shown.ShouldContain(plan);
        shown.ShouldContain("ce_type=movc.plan.published.v1");
    }

    private Task<string> KcatAsync(string vehicle, string type, string message, string time, string fields) =>
        BashAsync($"'{Workspace.Repository("examples", "clients", "send-event.sh")}' {_cluster.Servers} {vehicle} {type} {message} urn:kcat {time}", fields);

    private Task<string> PythonAsync(string verb, params string[] arguments) =>
        RunAsync(new ProcessStartInfo("/usr/bin/python3", [Workspace.Repository("examples", "clients", "client.py"), _cluster.Servers, verb, .. arguments]), string.Empty);

    private static Task<string> BashAsync(string script, string input) => RunAsync(new ProcessStartInfo("bash", ["-c", script]), input);

    private static async Task<string> RunAsync(ProcessStartInfo start, string input)
    {
        (start.RedirectStandardInput, start.RedirectStandardOutput, start.RedirectStandardError) = (true, true, true);
        using Process process = Process.Start(start)!;
        try
        {
            Task<string> output = process.StandardOutput.ReadToEndAsync(Token), error = process.StandardError.ReadToEndAsync(Token);
            await process.StandardInput.WriteAsync(input);
            process.StandardInput.Close();
            await process.WaitForExitAsync(Token).WaitAsync(TimeSpan.FromSeconds(60), Token);
            process.ExitCode.ShouldBe(0, await error);
            return (await output).TrimEnd('\n');
        }
        finally
        {
            if (!process.HasExited) process.Kill(entireProcessTree: true);
        }
    }

    private static async Task<JsonElement> JsonAsync(HttpClient http, string path)
    {
        using HttpResponseMessage response = await http.GetAsync(new Uri(path, UriKind.Relative), Token);
        return JsonDocument.Parse(await response.Content.ReadAsStringAsync(Token)).RootElement;
    }

    private static async Task<JsonElement> UntilAsync(HttpClient http, string path, Func<JsonElement, bool> holds)
    {
        while (true)
        {
            JsonElement answer = await JsonAsync(http, path);
            if (holds(answer)) return answer;
            await Task.Delay(100, Token);
        }
    }
}
