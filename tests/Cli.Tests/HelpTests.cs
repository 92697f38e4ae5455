namespace Movc.Cli.Tests;

public class HelpTests
{
    [Theory]
    [InlineData("--help")]
    [InlineData("run", "--help")]
    [InlineData("replay", "-h")]
    [InlineData("solve", "--help")]
    [InlineData("audit", "--help")]
    [InlineData("verify", "--help")]
    [InlineData("setpoints", "--help")]
    [InlineData("export-mps", "--help")]
    [InlineData("bench", "solver", "--help")]
    [InlineData("bench", "bundle", "--help")]
    [InlineData("bench", "people", "--help")]
    [InlineData("validate", "--help")]
    [InlineData("instance", "--help")]
    [InlineData("study", "--help")]
    [InlineData("estimate", "--help")]
    [InlineData("tracks", "--help")]
    [InlineData("bench", "study", "--help")]
    [InlineData("bench", "estimate", "--help")]
    [InlineData("bench", "forecast", "--help")]
    [InlineData("city", "--help")]
    [InlineData("migrate", "--help")]
    public async Task Help_ends_with_examples_that_work(params string[] arguments)
    {
        CommandLine.Said said = await CommandLine.RunAsync(arguments);
        said.Code.ShouldBe(ExitCode.Done);
        said.Error.ShouldBeEmpty();
        string[] examples = [.. said.Out[said.Out.IndexOf("Examples:", StringComparison.Ordinal)..].Split('\n').Select(l => l.TrimEnd()).Where(l => l.StartsWith("  movc ", StringComparison.Ordinal))];
        examples.Length.ShouldBeGreaterThanOrEqualTo(2);
        foreach (string example in examples)
            MovcCommandLine.Create().Parse(example.Trim()["movc ".Length..].Split(" && ")[0].Split(" > ")[0]).Errors.ShouldBeEmpty(example);
    }

    [Fact]
    public async Task Nothing_at_all_is_answered_with_the_help()
    {
        CommandLine.Said said = await CommandLine.RunAsync();
        said.Code.ShouldBe(ExitCode.Done);
        said.ShouldBe(await CommandLine.RunAsync("--help"));
        foreach (string verb in (string[])["run", "replay", "solve", "audit", "verify", "setpoints", "export-mps", "bench", "validate", "instance", "study", "estimate", "tracks", "city", "migrate"]) said.Out.ShouldContain($"  {verb} ");
    }

    [Fact]
    public async Task The_version_is_one_line()
    {
        CommandLine.Said said = await CommandLine.RunAsync("--version");
        said.Code.ShouldBe(ExitCode.Done);
        said.Out.TrimEnd().ShouldMatch(@"^\d+\.\d+\.\d+\S*$");
    }
}
