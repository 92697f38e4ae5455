using System.Text.RegularExpressions;
using Movc.EventLog;
using Movc.TestKit;

namespace Movc.Scenarios.Tests;

/// <summary>What a running city tells a collector, against the list in the docs.</summary>
public sealed partial class TelemetryTests
{
    /// <summary>Told only when something happens that here does not.</summary>
    private static readonly string[] Seldom = ["movc.log.partition.pauses", "movc.pages.connected", "movc.pages.frames.sent", "movc.pages.frames.superseded", "movc.twin.snapshots.failed"];

    [Fact(Timeout = 120_000)]
    public async Task A_city_sends_the_metrics_and_traces_that_the_docs_list_and_no_others()
    {
        using var collector = new OtlpReceiver();
        using var cluster = new MockKafka();
        foreach (string topic in Topics.All) cluster.CreateTopic(topic, 16);
        using var workspace = new Workspace();
        var environment = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["MOVC_KAFKA"] = cluster.Servers,
            ["OTEL_EXPORTER_OTLP_ENDPOINT"] = collector.Address.ToString(),
            // Milliseconds; a minute by default.
            ["OTEL_METRIC_EXPORT_INTERVAL"] = "200",
            ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
        };
        await using MovcProcess movc = MovcProcess.Start(environment, [.. City.Arguments(workspace, 3), "--log", "kafka"]);
        (await movc.EndAsync()).Code.ShouldBe(0);
        string metrics = collector.Of("metrics"), traces = collector.Of("traces");
        string[] listed = [.. Listed().Matches(await File.ReadAllTextAsync(Workspace.Repository("docs", "operations", "telemetry.md"), TestContext.Current.CancellationToken)).Select(m => m.Groups["name"].Value)];
        listed.Length.ShouldBeGreaterThan(20);
        string[] sent = [.. Sent().Matches(metrics).Select(m => m.Value).Distinct(StringComparer.Ordinal)];
        listed.Except(Seldom, StringComparer.Ordinal).Where(l => !metrics.Contains(l, StringComparison.Ordinal)).ShouldBeEmpty("listed and not sent");
        sent.Where(s => !listed.Any(l => s.StartsWith(l, StringComparison.Ordinal))).ShouldBeEmpty("sent and not listed");
        foreach (string span in (string[])["plan", "solve", "audit", "store", "publish", "append"]) traces.ShouldContain(span);
        metrics.ShouldContain("service.name");
        (metrics + traces).ShouldNotContain("SZ-", Case.Sensitive, "ids of vehicles stay here");
    }

    [GeneratedRegex(@"^\| `(?<name>movc\.[a-z_.]+)` \|", RegexOptions.Multiline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Listed();

    [GeneratedRegex(@"movc\.(twin|log|plan|pages)\.[a-z_.]+", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Sent();
}
