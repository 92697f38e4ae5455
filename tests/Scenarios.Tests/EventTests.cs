using System.Text;
using System.Text.Json;

namespace Movc.Scenarios.Tests;

public class EventTests
{
    [Fact]
    public async Task Events_over_HTTP_reach_a_running_city_and_bad_ones_are_put_aside_counted_and_visible()
    {
        using var workspace = new Workspace();
        await using MovcProcess movc = MovcProcess.Start(
            "run", "--vehicles", "300", "--speed", "1200", "--listen", "127.0.0.1:0", "--json", "--data", workspace.Data);
        using var http = new HttpClient { BaseAddress = await movc.PageAsync() };
        await workspace.Stored.PlansAsync(movc, 1);
        string[] events =
        [
            Event("registered", "2022-07-17T16:01:00Z", """ "data": {"capacityWh": 60000, "energyWh": 30000} """),
            Event("plugged-in", "2022-07-17T16:02:00Z", """ "data": {"maxChargeW": 7000, "energyWh": 30000} """),
            Event("unplugged", "2022-07-17T16:03:00Z", """ "data": {"energyWh": 30100} """),
            Event("unplugged", "2022-07-17T16:04:00Z", """ "data": {"energyWh": 30100} """),
            Event("consent-changed", "2022-07-09T15:00:00Z", """ "data": {"consent": 1} """),
            Event("plugged-in", "2022-07-17T16:05:00Z", """ "data": {"maxChargeW": 7000, "stateOfChargePpm": 1700000} """),
            Event("teleported", "2022-07-17T16:05:00Z", """ "data": {} """),
            Event("unplugged", "2022-07-17T16:05:00Z", """ "data_base64": "////" """),
            """ {"specversion": "1.0"} """,
        ];
        foreach (string json in events)
        {
            using var content = new StringContent(json, Encoding.UTF8, "application/cloudevents+json");
            using HttpResponseMessage response = await http.PostAsync(new Uri("/api/v1/events", UriKind.Relative), content, TestContext.Current.CancellationToken);
            ((int)response.StatusCode).ShouldBeOneOf(202, 422);
        }
        (string Reason, int Count)[] expected = [("not-plugged-in", 1), ("out-of-range", 1), ("too-late", 1), ("undecodable", 2), ("unknown-type", 1)];

        JsonElement page = await GetAsync(http, "/api/v1/dead-letters");
        page.GetProperty("total").GetInt32().ShouldBe(6);
        page.GetProperty("items").EnumerateArray().Select(l => l.GetProperty("reason").GetString()!).CountBy(r => r, StringComparer.Ordinal)
            .OrderBy(r => r.Key, StringComparer.Ordinal).Select(r => (r.Key, r.Value)).ShouldBe(expected);
        JsonElement vehicle = await GetAsync(http, "/api/v1/vehicles/SCENARIO-1");
        vehicle.GetProperty("plugged").GetBoolean().ShouldBeFalse();
        vehicle.GetProperty("version").GetInt32().ShouldBe(3);

        // The run goes on.
        await workspace.Stored.PlansAsync(movc, workspace.Stored.Plans.Count + 2);
        movc.Signal(MovcProcess.Terminate);
        JsonElement summary = (await movc.EndAsync()).Summary();
        summary.GetProperty("deadLettered").GetInt32().ShouldBe(6);
        summary.GetProperty("deadLettersByReason").EnumerateObject().Select(r => (r.Name, r.Value.GetInt32())).ShouldBe(expected);
        summary.GetProperty("intervals").EnumerateArray().ShouldAllBe(i => i.GetProperty("auditFindings").GetInt32() == 0);

        // Sent again to the next process, they are known: nothing is stored or put aside twice.
        await using MovcProcess next = MovcProcess.Start("run", "--vehicles", "300", "--speed", "1200", "--listen", "127.0.0.1:0", "--json", "--data", workspace.Data);
        using var again = new HttpClient { BaseAddress = await next.PageAsync() };
        foreach (string json in events)
        {
            using var content = new StringContent(json, Encoding.UTF8, "application/cloudevents+json");
            using HttpResponseMessage response = await again.PostAsync(new Uri("/api/v1/events", UriKind.Relative), content, TestContext.Current.CancellationToken);
        }
        next.Signal(MovcProcess.Terminate);
        (await next.EndAsync()).Summary().GetProperty("deadLettered").GetInt32().ShouldBe(6);
    }

    private static string Event(string type, string time, string data) =>
        $$"""{"specversion": "1.0", "id": "{{type}} {{time}}", "source": "urn:scenario", "type": "movc.vehicle.{{type}}.v1", "subject": "SCENARIO-1", "time": "{{time}}", {{data}}}""";

    private static async Task<JsonElement> GetAsync(HttpClient http, string path)
    {
        using JsonDocument document = JsonDocument.Parse(await http.GetStringAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken));
        return document.RootElement.Clone();
    }
}
