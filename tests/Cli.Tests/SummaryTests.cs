using System.Text.Json;

namespace Movc.Cli.Tests;

public class SummaryTests
{
    private static string[] Run(TemporaryFolder folder, params string[] more) => ["run", "--vehicles", "200", "--seed", "7", "--speed", "max", "--data", folder["data"], .. more];

    [Fact]
    public async Task With_json_standard_output_is_one_document_with_the_fields_of_the_contract()
    {
        using var folder = new TemporaryFolder();
        CommandLine.Said said = await CommandLine.RunAsync(Run(folder, "--intervals", "2", "--listen", "127.0.0.1:0", "--json"));
        said.Code.ShouldBe(ExitCode.Done, said.Error);
        said.Error.ShouldContain("Page: http://127.0.0.1:");
        using JsonDocument document = JsonDocument.Parse(said.Out);
        JsonElement root = document.RootElement;
        root.EnumerateObject().Select(p => p.Name).ShouldBe(
        [
            "version", "city", "mode", "source", "vehicles", "seed", "resumed", "ended", "at", "eventsRead", "accepted", "duplicates", "deadLettered",
            "deadLettersByReason", "stored", "departures", "departuresUnderPromise", "intervals", "pvdrOriginal", "pvdrChargeOnly", "pvdrAfter",
            "pvdrWindow", "stateHash", "wallSeconds", "loadSource", "assumptions",
        ]);
        root.GetProperty("intervals").EnumerateArray().Select(i => i.GetProperty("index").GetInt64()).ShouldBe([0, 1]);
        foreach (JsonElement interval in root.GetProperty("intervals").EnumerateArray())
        {
            interval.EnumerateObject().Select(p => p.Name).ShouldBe(["index", "at", "gap", "seconds", "publishedSeconds", "status", "planHash", "vehicles", "setpointsChanged", "auditChecked", "auditFindings", "limits"]);
            interval.GetProperty("gap").GetDouble().ShouldBeInRange(0, 0.05);
            interval.GetProperty("seconds").GetDouble().ShouldBeGreaterThan(0);
            interval.GetProperty("status").GetString().ShouldBeOneOf("solved", "degraded", "loose-gap");
            interval.GetProperty("planHash").GetString()!.ShouldMatch("^[0-9a-f]{64}$");
            interval.GetProperty("auditFindings").GetInt32().ShouldBe(0);
        }
        foreach (string pvdr in (string[])["pvdrOriginal", "pvdrChargeOnly", "pvdrAfter"])
        {
            root.GetProperty(pvdr).GetProperty("perDay").GetProperty("overValley").GetArrayLength().ShouldBe(1);
            root.GetProperty(pvdr).GetProperty("perDay").GetProperty("overPeak").GetArrayLength().ShouldBe(1);
            root.GetProperty(pvdr).GetProperty("weeklyMedian").GetProperty("overValley").GetDouble().ShouldBeGreaterThan(0);
            root.GetProperty(pvdr).GetProperty("weeklyMedian").GetProperty("overPeak").GetDouble().ShouldBeInRange(0, 1);
        }
        root.GetProperty("pvdrWindow").GetRawText().ReplaceLineEndings(string.Empty).Replace(" ", string.Empty, StringComparison.Ordinal).ShouldBe("""{"realizedSlots":2,"plannedSlots":142}""");
        root.GetProperty("stateHash").GetString()!.ShouldMatch("^[0-9a-f]{32}$");
        root.GetProperty("eventsRead").GetInt64().ShouldBe(root.GetProperty("accepted").GetInt64());
        root.GetProperty("stored").GetInt64().ShouldBe(root.GetProperty("accepted").GetInt64());
        root.GetProperty("ended").GetString().ShouldBe("finished");
        root.GetProperty("at").GetDateTimeOffset().ShouldBe(new DateTimeOffset(2022, 7, 17, 16, 20, 0, TimeSpan.Zero));
    }

    [Fact]
    public async Task The_text_tells_the_same_run_and_a_resumed_one_says_so()
    {
        using var folder = new TemporaryFolder();
        CommandLine.Said first = await CommandLine.RunAsync(Run(folder, "--intervals", "1", "--no-page"));
        first.Code.ShouldBe(ExitCode.Done, first.Error);
        first.Out.ShouldStartWith("shenzhen (simulated): finished at 2022-07-17 16:10Z after ");
        first.Out.ShouldNotContain("resumed");
        first.Out.ShouldMatch("(?m)^state hash [0-9a-f]{32}$");
        first.Out.ShouldMatch("(?m)^intervals +1 planned; gap at most ");
        first.Out.ShouldNotContain("NaN");
        CommandLine.Said second = await CommandLine.RunAsync(Run(folder, "--intervals", "1", "--no-page"));
        second.Out.ShouldStartWith("shenzhen (simulated): finished at 2022-07-17 16:20Z after ");
        second.Out.ShouldContain("resumed from stored data");
    }
}
