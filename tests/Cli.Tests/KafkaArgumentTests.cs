namespace Movc.Cli.Tests;

public sealed class KafkaArgumentTests
{
    [Theory]
    [InlineData("run --log rabbit", "--log \"rabbit\": give memory or kafka")]
    [InlineData("run --log kafka", "--log kafka needs brokers: give --kafka or set MOVC_KAFKA")]
    [InlineData("run --kafka x:1", "--kafka is for --log kafka")]
    [InlineData("run --topic-prefix a-", "--topic-prefix is for --log kafka")]
    [InlineData("run --log kafka --kafka x:1 --kafka-settings absent.properties", "--kafka-settings absent.properties: ")]
    public async Task A_log_that_is_half_named_is_refused(string arguments, string words) =>
        (await CommandLine.RunAsync(arguments.Split(' '))).Complaint(2).ShouldContain(words);

    [Theory]
    [InlineData("# sasl\nsasl.username", ":2: not name=value")]
    [InlineData("auto.offset.reset=latest", ":1: auto.offset.reset is set by movc itself")]
    public async Task A_settings_file_is_refused_by_its_line(string text, string words)
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(folder["kafka.properties"], text, TestContext.Current.CancellationToken);
        (await CommandLine.RunAsync("run", "--log", "kafka", "--kafka", "127.0.0.1:1", "--kafka-settings", folder["kafka.properties"], "--data", folder["data"], "--no-page")).Complaint().ShouldContain(words);
    }

    [Fact]
    public async Task A_setting_that_no_client_knows_ends_a_run_in_a_line()
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(folder["kafka.properties"], "no.such.setting=1", TestContext.Current.CancellationToken);
        CommandLine.Said said = await CommandLine.RunAsync("run", "--log", "kafka", "--kafka", "127.0.0.1:1", "--kafka-settings", folder["kafka.properties"], "--data", folder["data"], "--no-page");
        said.Code.ShouldBe(ExitCode.Failed);
        said.Error.ShouldContain("the client refuses its settings (No such configuration property: \"no.such.setting\")");
    }
}
