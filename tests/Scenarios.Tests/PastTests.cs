using System.Text.Json;

namespace Movc.Scenarios.Tests;

/// <summary>A stored city by the commands that read it.</summary>
public class PastTests
{
    [Fact]
    public async Task A_city_is_read_at_any_instant_rebuilt_while_it_runs_and_found_out_when_a_snapshot_lies()
    {
        using var workspace = new Workspace();
        string[] run = ["run", "--vehicles", "400", "--speed", "max", "--seed", "3", "--no-page", "--json", "--data", workspace.Data];
        JsonElement first = (await MovcProcess.RunAsync([.. run, "--intervals", "20"])).Summary();
        JsonElement now = (await MovcProcess.RunAsync("state", "--data", workspace.Data, "--json")).Summary();
        now.GetProperty("city").GetProperty("vehicles").GetInt32().ShouldBe(400);
        // The newest instant is the end of an interval whose events are all there: the run's own state.
        JsonElement end = (await MovcProcess.RunAsync("state", "--data", workspace.Data, "--at", first.GetProperty("at").GetString()!, "--json")).Summary();
        end.GetProperty("stateHash").GetString().ShouldBe(first.GetProperty("stateHash").GetString());

        JsonElement rebuilt = (await MovcProcess.RunAsync("rebuild", "--data", workspace.Data, "--json")).Summary();
        (rebuilt.GetProperty("equal").GetBoolean(), rebuilt.GetProperty("stateHash").GetString()).ShouldBe((true, first.GetProperty("stateHash").GetString()));
        rebuilt.GetProperty("events").GetInt64().ShouldBe(first.GetProperty("stored").GetInt64());
        rebuilt.GetProperty("shards").EnumerateArray().ShouldAllBe(s => s.GetProperty("snapshotEqual").GetBoolean());

        string vehicle = workspace.Stored.AnyVehicle();
        JsonElement one = (await MovcProcess.RunAsync("state", "--data", workspace.Data, "--vehicle", vehicle, "--at", "2022-07-18 02:05", "--json")).Summary();
        one.GetProperty("vehicle").GetProperty("id").GetString().ShouldBe(vehicle);
        JsonElement history = (await MovcProcess.RunAsync("state", "--data", workspace.Data, "--vehicle", vehicle, "--history", "--json")).Summary();
        history.GetProperty("events").GetArrayLength().ShouldBeGreaterThan(0);
        history.GetProperty("events").EnumerateArray().ShouldAllBe(e => e.GetProperty("source").GetString() == "movc:sim/shenzhen" && e.GetProperty("recordedAt").GetDateTimeOffset().Year > 2024);

        foreach ((string[] wrong, string words) in new (string[], string)[]
        {
            (["state", "--data", workspace.Data, "--at", "soon"], "not an instant"),
            (["state", "--data", workspace.Data, "--at", "1999-01-01 00:00"], "lies outside what is stored; give an instant from 2022-07-18 00:00:00"),
            (["state", "--data", workspace.Data, "--vehicle", "nobody"], "was not registered"),
            (["state", "--data", workspace.Data, "--district", "Nowhere"], "give one of Futian"),
            (["state", "--data", workspace.Data, "--history"], "give --vehicle too"),
            (["state", "--data", Path.Combine(workspace.Data, "nothing")], "holds no city"),
            (["rebuild", "--data", Path.Combine(workspace.Data, "nothing")], "holds no city"),
        })
        {
            (await MovcProcess.RunAsync(wrong)).Error.ShouldContain(words);
        }

        // Online: the city runs on while its events so far are folded.
        await using (MovcProcess running = MovcProcess.Start([.. run, "--intervals", "400"]))
        {
            await workspace.Stored.PlansAsync(running, 30);
            (await MovcProcess.RunAsync("rebuild", "--data", workspace.Data, "--json")).Summary().GetProperty("equal").GetBoolean().ShouldBeTrue();
            running.Signal(MovcProcess.Terminate);
            await running.EndAsync();
        }

        // A byte of an event, spoilt: named with its shard and place. Mended, all is well again.
        string spoilt = workspace.Stored.SpoilEvent();
        Ended damaged = await MovcProcess.RunAsync("rebuild", "--data", workspace.Data);
        damaged.Complaint(1).ShouldContain("journal entry");
        workspace.Stored.MendEvent(spoilt);
        (await MovcProcess.RunAsync("rebuild", "--data", workspace.Data)).Code.ShouldBe(0);

        workspace.Stored.SwapSnapshots();
        Ended lie = await MovcProcess.RunAsync("rebuild", "--data", workspace.Data);
        lie.Code.ShouldBe(1);
        lie.Out.ShouldContain("is not what the events before it say; movc rebuild --keep replaces it");
        (await MovcProcess.RunAsync("rebuild", "--data", workspace.Data, "--keep")).Code.ShouldBe(1);
        (await MovcProcess.RunAsync("rebuild", "--data", workspace.Data)).Code.ShouldBe(0);
    }
}
