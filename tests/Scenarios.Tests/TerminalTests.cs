using System.Text.RegularExpressions;

namespace Movc.Scenarios.Tests;

public partial class TerminalTests
{
    [Theory]
    [InlineData("--intervals 5")]
    [InlineData("")]
    public async Task On_a_terminal_progress_stays_on_one_line_and_the_cursor_comes_back(string intervals)
    {
        Assert.SkipUnless(File.Exists("/usr/bin/script"), "needs script of util-linux");
        using var workspace = new Workspace();
        // Without a number of intervals it is ended as a person would: by Ctrl-C.
        string run = $"stty cols 80 rows 24; {(intervals.Length > 0 ? string.Empty : "timeout -s INT --foreground 6 ")}{MovcProcess.CommandLine} run --vehicles 500 --speed 3000 --no-page {intervals} --data {workspace.Data}";
        await using MovcProcess terminal = MovcProcess.Bash($"script -qec \"{run}\" /dev/null");
        Ended ended = await terminal.EndAsync();
        ended.Code.ShouldBeOneOf(0, 124);
        string[] drawn = [.. ended.Out.Split('\n').Select(l => Escape().Replace(l, string.Empty).TrimEnd()).Where(l => l.Contains(" gap ", StringComparison.Ordinal) && l.Contains('Z', StringComparison.Ordinal) && !l.StartsWith("intervals", StringComparison.Ordinal))];
        drawn.ShouldNotBeEmpty();
        drawn.ShouldAllBe(l => l.Length <= 80 && l.Contains("solved", StringComparison.Ordinal) && l.EndsWith(intervals.Length > 0 ? " s" : " setpoints", StringComparison.Ordinal));
        int hidden = ended.Out.LastIndexOf("\x1b[?25l", StringComparison.Ordinal);
        if (hidden >= 0) ended.Out.LastIndexOf("\x1b[?25h", StringComparison.Ordinal).ShouldBeGreaterThan(hidden);
        ended.Out.ShouldContain("state hash");
        ended.Out.ShouldNotContain("   at ");
    }

    [Fact]
    public async Task A_reader_that_leaves_early_is_no_failure()
    {
        using var workspace = new Workspace();
        await using MovcProcess shell = MovcProcess.Bash(
            $"{MovcProcess.CommandLine} run --vehicles 50 --intervals 2 --speed max --listen 127.0.0.1:0 --data {workspace.Data} | head -1; exit ${{PIPESTATUS[0]}}");
        Ended ended = await shell.EndAsync();
        ended.Code.ShouldBe(0, ended.Error);
        ended.Error.ShouldBeEmpty();
        ended.Out.ShouldStartWith("Page: http://127.0.0.1:");
        workspace.Stored.Plans.Count.ShouldBe(2);
    }

    [GeneratedRegex("\x1b\\[[0-9;?]*[a-zA-Z]|\x1b[=>]|\r", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Escape();
}
