using System.IO.Compression;
using System.Net.Http.Json;
using System.Text.Json;

namespace Movc.Scenarios.Tests;

/// <summary>Setpoints on their way: sent, answered, refused, ignored, held; with the program as its users start it.</summary>
public class SetpointTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_city_whose_aggregators_refuse_fall_silent_and_follow_in_part_runs_the_same_twice_and_keeps_its_promises()
    {
        async Task<JsonElement> RunAsync()
        {
            using var workspace = new Workspace();
            return (await MovcProcess.RunAsync(
                [.. City.Arguments(workspace, 2000, 20, "max"), "--refuse", "0.1", "--partial", "0.1", "--silent", "0.1", "--delay", "30"])).Summary();
        }
        JsonElement one = await RunAsync(), other = await RunAsync();
        one.GetProperty("stateHash").GetString().ShouldBe(other.GetProperty("stateHash").GetString());
        string[] Plans(JsonElement run) => [.. run.GetProperty("intervals").EnumerateArray().Select(i => i.GetProperty("planHash").GetString()!)];
        Plans(one).ShouldBe(Plans(other));
        one.GetProperty("intervals").EnumerateArray().ShouldContain(i => i.GetProperty("status").GetString() == "degraded");
        one.GetProperty("intervals").EnumerateArray().ShouldAllBe(i => i.GetProperty("auditFindings").GetInt32() == 0);
        one.GetProperty("departuresUnderPromise").GetInt64().ShouldBe(0);
        // Refusals came back as events of the vehicles: more were read than an obedient city tells.
        using var quiet = new Workspace();
        JsonElement obedient = (await MovcProcess.RunAsync(City.Arguments(quiet, 2000, 20, "max"))).Summary();
        one.GetProperty("accepted").GetInt64().ShouldBeGreaterThan(obedient.GetProperty("accepted").GetInt64() + 100);
    }

    [Fact(Timeout = 180_000)]
    public async Task An_aggregator_of_its_own_answers_over_HTTP_one_that_does_not_is_left_out_and_an_operator_holds()
    {
        using var workspace = new Workspace();
        await using MovcProcess city = MovcProcess.Start(
            "run", "--vehicles", "2000", "--seed", "11", "--speed", "600", "--data", workspace.Data, "--listen", "127.0.0.1:0", "--aggregators", "2", "--answers", "outside");
        Uri page = await city.PageAsync();
        Ended answered = await MovcProcess.RunAsync("aggregator", "aggregator-1", "--url", page.ToString(), "--seed", "3", "--refuse", "0.2", "--intervals", "6", "--json");
        answered.Code.ShouldBe(0, answered.Error);
        using JsonDocument summary = JsonDocument.Parse(answered.Out);
        summary.RootElement.GetProperty("intervals").GetInt32().ShouldBe(6);
        long refused = summary.RootElement.GetProperty("refused").GetInt64();
        refused.ShouldBeGreaterThan(0);
        using var http = new HttpClient { BaseAddress = page };
        JsonElement view = await http.GetFromJsonAsync<JsonElement>("/api/v1/aggregators", Token);
        JsonElement Of(string name) => view.GetProperty("aggregators").EnumerateArray().Single(a => a.GetProperty("name").ValueEquals(name));
        Of("aggregator-1").GetProperty("total").GetProperty("rejected").GetInt64().ShouldBe(refused);
        Of("aggregator-2").GetProperty("silentSince").ValueKind.ShouldBe(JsonValueKind.String);
        (await http.GetFromJsonAsync<JsonElement>("/api/v1/plan", Token)).GetProperty("cause").GetString()!.ShouldContain("aggregator-2");
        using HttpResponseMessage held = await http.PostAsJsonAsync("/api/v1/holds", new { action = "hold", scope = "city", name = "", by = "lead", why = "drill" }, Token);
        held.IsSuccessStatusCode.ShouldBeTrue();
        string cause = string.Empty;
        for (int look = 0; look < 200 && !cause.Contains("the city is held by lead: drill", StringComparison.Ordinal); look++)
        {
            await Task.Delay(100, Token);
            JsonElement plan = await http.GetFromJsonAsync<JsonElement>("/api/v1/plan", Token);
            cause = plan.GetProperty("cause").GetString()!;
            if (cause.Contains("the city is held", StringComparison.Ordinal)) plan.GetProperty("vehicles").GetInt32().ShouldBe(0);
        }
        cause.ShouldContain("the city is held by lead: drill");
        city.Signal(MovcProcess.Interrupt);
        (await city.EndAsync()).Code.ShouldBe(0);
        File.ReadAllText(Path.Combine(workspace.Data, "operators.jsonl")).ShouldContain("\"drill\"");
        (await MovcProcess.RunAsync("aggregator", "aggregator-9", "--url", "nowhere")).Complaint(2).ShouldContain("give an address");
    }

    [Fact]
    public async Task A_live_plan_is_verified_offline_whole_with_its_chain()
    {
        using var workspace = new Workspace();
        string instances = Path.Combine(workspace.Data + "-instances");
        await using MovcProcess city = MovcProcess.Start(
            "run", "--vehicles", "1500", "--seed", "11", "--speed", "max", "--intervals", "5", "--hold", "--data", workspace.Data, "--listen", "127.0.0.1:0", "--instances", instances);
        using var http = new HttpClient { BaseAddress = await city.PageAsync() };
        JsonElement[] bundles = [];
        for (int look = 0; look < 300 && bundles.Length < 5; look++)
        {
            await Task.Delay(100, Token);
            bundles = [.. (await http.GetFromJsonAsync<JsonElement>("/api/v1/bundles", Token)).EnumerateArray()];
        }
        bundles.Length.ShouldBe(5);
        var files = new List<string>();
        foreach (JsonElement bundle in bundles)
        {
            string id = bundle.GetProperty("id").GetString()!;
            files.Add(workspace.Data + "-" + id + ".movcplan");
            await File.WriteAllBytesAsync(files[^1], await http.GetByteArrayAsync("/api/v1/bundles/" + id, Token), Token);
        }
        Ended verified = await MovcProcess.RunAsync(["verify", .. files, "--instance", Path.Combine(instances, bundles[^1].GetProperty("id").GetString()!), "--json"]);
        verified.Code.ShouldBe(0, verified.Out);
        using (JsonDocument document = JsonDocument.Parse(verified.Out)) document.RootElement.GetProperty("complete").GetBoolean().ShouldBeTrue();
        // An aggregator derives its vehicles' setpoints itself, from the plan and its own vehicles alone: they are those that it was sent.
        string newest = bundles[^1].GetProperty("id").GetString()!, own = workspace.Data + "-own";
        using (var zip = new ZipArchive(await http.GetStreamAsync("/api/v1/aggregators/aggregator-3/vehicles?plan=" + newest, Token))) zip.ExtractToDirectory(own);
        Ended derived = await MovcProcess.RunAsync("setpoints", files[^1], "--instance", own, "--index", Path.Combine(own, "index.csv"), "--json");
        Directory.Delete(own, recursive: true);
        derived.Code.ShouldBe(0, derived.Error);
        using (JsonDocument document = JsonDocument.Parse(derived.Out))
        {
            Dictionary<string, int> powerW = document.RootElement.GetProperty("setpoints").EnumerateArray().ToDictionary(s => s.GetProperty("vehicle").GetString()!, s => s.GetProperty("powerW").GetInt32(), StringComparer.Ordinal);
            powerW.Count.ShouldBeGreaterThan(20);
            int held = 0;
            foreach ((string vehicle, int planned) in powerW)
            {
                using HttpResponseMessage answer = await http.GetAsync($"/api/v1/vehicles/{vehicle}/setpoint", Token);
                if (!answer.IsSuccessStatusCode) continue;
                JsonElement sent = await answer.Content.ReadFromJsonAsync<JsonElement>(Token);
                int sentW = sent.GetProperty("powerW").GetInt32();
                // One that stands from an interval before is what the plan wants still; or the vehicle is full, and draws nothing under it.
                bool mayBeFull = planned == 0 && sentW > 0 && !sent.GetProperty("planId").ValueEquals(newest);
                if (!mayBeFull) sentW.ShouldBe(planned, vehicle);
                held++;
            }
            held.ShouldBeGreaterThan(5);
        }
        // A chain with a link left out does not hold.
        (await MovcProcess.RunAsync("verify", files[0], files[2])).Code.ShouldBe(1);
        city.Signal(MovcProcess.Interrupt);
        await city.EndAsync();
        foreach (string file in files) File.Delete(file);
        Directory.Delete(instances, recursive: true);
    }
}
