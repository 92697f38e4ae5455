using System.Net.Http.Json;
using System.Text.Json;

namespace Movc.Scenarios.Tests;

/// <summary>A run replayed: at any speed, controlled while it plays, dispatched otherwise.</summary>
public class ReplayTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_stored_run_comes_to_the_same_hash_at_any_speed_and_with_another_dispatch()
    {
        using var workspace = new Workspace();
        JsonElement run = (await MovcProcess.RunAsync("run", "--vehicles", "400", "--speed", "max", "--seed", "3", "--no-page", "--json", "--intervals", "18", "--data", workspace.Data)).Summary();
        string hash = run.GetProperty("stateHash").GetString()!;
        foreach (string[] how in new string[][] { ["--speed", "max"], ["--speed", "3600"], ["--speed", "max", "--objective", "peak"], ["--speed", "max", "--from", "2022-07-18 01:30"] })
        {
            JsonElement replay = (await MovcProcess.RunAsync(["replay", "--stored", workspace.Data, "--no-page", "--json", .. how])).Summary();
            (replay.GetProperty("stateHash").GetString(), replay.GetProperty("mode").GetString(), replay.GetProperty("deadLettered").GetInt32()).ShouldBe((hash, "replay", 0), string.Join(' ', how));
        }
        // Part of it, held against the past of the store.
        JsonElement part = (await MovcProcess.RunAsync("replay", "--stored", workspace.Data, "--no-page", "--json", "--speed", "max", "--to", "2022-07-18 02:00")).Summary();
        JsonElement then = (await MovcProcess.RunAsync("state", "--data", workspace.Data, "--at", "2022-07-18 02:00", "--json")).Summary();
        part.GetProperty("stateHash").GetString().ShouldBe(then.GetProperty("stateHash").GetString());
        // What is replayed is left as it was.
        (await MovcProcess.RunAsync("rebuild", "--data", workspace.Data, "--json")).Summary().GetProperty("stateHash").GetString().ShouldBe(hash);

        foreach ((string[] wrong, string words) in new (string[], string)[]
        {
            (["replay"], "give what to replay"),
            (["replay", "--stored", workspace.Data, "--sessions", "x", "--load", "y"], "give what to replay"),
            (["replay", "--sessions", "x"], "give both"),
            (["replay", "--stored", workspace.Data, "--clone", "3"], "leave it out"),
            (["replay", "--stored", workspace.Data, "--from", "2022-07-19 00:00"], "lies outside what is stored"),
            (["replay", "--stored", workspace.Data, "--from", "2022-07-18 02:00", "--to", "2022-07-18 02:00"], "is not after"),
            (["replay", "--stored", workspace.Data, "--data", workspace.Data], "is what is replayed"),
            (["replay", "--stored", Path.Combine(workspace.Data, "no")], "holds no city"),
        })
        {
            Ended refused = await MovcProcess.RunAsync(wrong);
            refused.Code.ShouldBe(2, refused.Error);
            refused.Error.ShouldContain(words);
        }
    }

    [Fact(Timeout = 180_000)]
    public async Task A_replay_is_paused_stepped_sought_sped_and_looped_while_it_runs()
    {
        using var workspace = new Workspace();
        await MovcProcess.RunAsync("run", "--vehicles", "400", "--speed", "max", "--seed", "3", "--no-page", "--json", "--intervals", "18", "--data", workspace.Data);
        await using MovcProcess movc = MovcProcess.Start("replay", "--stored", workspace.Data, "--speed", "60", "--paused", "--hold", "--listen", "127.0.0.1:0", "--json");
        using var http = new HttpClient { BaseAddress = await movc.PageAsync() };
        async Task<JsonElement> DoAsync(object command)
        {
            using HttpResponseMessage answer = await http.PostAsJsonAsync("/api/v1/replay", command, Token);
            answer.EnsureSuccessStatusCode();
            return await answer.Content.ReadFromJsonAsync<JsonElement>(Token);
        }
        async Task<JsonElement> UntilAsync(Func<JsonElement, bool> isSo)
        {
            while (true)
            {
                JsonElement view = await http.GetFromJsonAsync<JsonElement>("/api/v1/replay", Token);
                if (isSo(view)) return view;
                await Task.Delay(20, Token);
            }
        }
        static bool Is(JsonElement view, string state, string at) => string.Equals(view.GetProperty("state").GetString(), state, StringComparison.Ordinal) && string.Equals(view.GetProperty("at").GetString(), at, StringComparison.Ordinal);
        async Task<string> HashAsync() => (await http.GetFromJsonAsync<JsonElement>("/api/v1/state", Token)).GetProperty("stateHash").GetString()!;
        async Task<string> StoredAsync(string at) => (await MovcProcess.RunAsync("state", "--data", workspace.Data, "--at", at, "--json")).Summary().GetProperty("stateHash").GetString()!;

        await UntilAsync(v => Is(v, "paused", "2022-07-17T16:00:00Z"));
        await DoAsync(new { action = "step" });
        await UntilAsync(v => Is(v, "paused", "2022-07-17T16:10:00Z"));
        (await HashAsync()).ShouldBe(await StoredAsync("2022-07-17T16:10:00Z"));
        // Forward and back, in the interval's middle too; what is shown is what was known then.
        foreach (string at in new[] { "2022-07-17T18:00:00Z", "2022-07-17T16:40:00Z", "2022-07-17T17:25:00Z" })
        {
            await DoAsync(new { action = "seek", at });
            await UntilAsync(v => Is(v, "paused", at));
            string stored = await StoredAsync(at);
            while (!string.Equals(await HashAsync(), stored, StringComparison.Ordinal)) await Task.Delay(20, Token);
            JsonElement frame = (await http.GetFromJsonAsync<JsonElement>("/api/v1/city", Token)).GetProperty("frame");
            frame.GetProperty("mode").GetString().ShouldBe("replay");
        }
        await DoAsync(new { action = "loop", loop = true });
        await DoAsync(new { action = "play", speed = 0 });
        // To the end and around: it comes by places where it was before.
        await UntilAsync(v => v.GetProperty("at").GetDateTimeOffset() > new DateTimeOffset(2022, 7, 17, 18, 30, 0, TimeSpan.Zero));
        await UntilAsync(v => v.GetProperty("at").GetDateTimeOffset() < new DateTimeOffset(2022, 7, 17, 17, 0, 0, TimeSpan.Zero));
        await DoAsync(new { action = "loop", loop = false });
        await UntilAsync(v => string.Equals(v.GetProperty("state").GetString(), "finished", StringComparison.Ordinal));
        await DoAsync(new { action = "pause" });
        await DoAsync(new { action = "play" });
        await UntilAsync(v => v.GetProperty("at").GetDateTimeOffset() < new DateTimeOffset(2022, 7, 17, 17, 0, 0, TimeSpan.Zero));
        movc.Signal(MovcProcess.Terminate);
        (await movc.EndAsync()).Summary().GetProperty("ended").GetString().ShouldBe("stopped");
    }
}
