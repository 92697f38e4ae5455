using System.Net.Sockets;
using Movc.Database;
using Movc.Domain;
using Movc.EventLog;
using Movc.Gateway;

namespace Movc.Cli.Tests;

public class GuardTests
{
    public static TheoryData<Exception, int> Failures => new()
    {
        { new InputException("a.csv:1:1: no; do"), ExitCode.WrongInput },
        { new IOException("no room"), ExitCode.Failed },
        { new UnauthorizedAccessException("not yours"), ExitCode.Failed },
        { new StoreException("store"), ExitCode.Failed },
        { new LogClosedException("log"), ExitCode.Failed },
        { new ListenException("port", new SocketException()), ExitCode.Failed },
        { new InvalidOperationException("one\nand another line"), ExitCode.Failed },
    };

    [Theory]
    [MemberData(nameof(Failures), DisableDiscoveryEnumeration = true)]
    public async Task Whatever_fails_is_one_line_and_its_exit_code(Exception failure, int code)
    {
        CommandLine.Said said = await CommandLine.WithConsoleAsync(() => Guard.RunAsync(CancellationToken.None, () => Task.FromException<int>(failure)));
        said.Code.ShouldBe(code);
        said.Out.ShouldBeEmpty();
        said.Error.TrimEnd().ShouldStartWith("movc: ");
        said.Error.TrimEnd().ShouldNotContain("\n");
        said.Error.ShouldContain(failure.Message.ReplaceLineEndings(" "));
    }

    [Fact]
    public async Task A_job_that_was_stopped_before_it_was_done_ends_as_failed()
    {
        CommandLine.Said said = await CommandLine.WithConsoleAsync(() => Guard.RunAsync(CancellationToken.None, () => Task.FromException<int>(new TaskCanceledException())));
        said.Code.ShouldBe(ExitCode.Failed);
        said.Error.TrimEnd().ShouldBe("movc: stopped before it was done; nothing is left half-written");
    }

    [Fact]
    public async Task A_stop_that_was_asked_for_is_no_failure()
    {
        using var stop = new CancellationTokenSource();
        await stop.CancelAsync();
        CommandLine.Said said = await CommandLine.WithConsoleAsync(() => Guard.RunAsync(stop.Token, () => Task.FromException<int>(new TaskCanceledException())));
        said.Code.ShouldBe(ExitCode.Done);
        said.Error.ShouldStartWith("movc: stopped");
    }

    [Fact]
    public async Task What_ends_well_keeps_its_code()
    {
        CommandLine.Said said = await CommandLine.WithConsoleAsync(() => Guard.RunAsync(CancellationToken.None, () => Task.FromResult(0)));
        said.ShouldBe(new CommandLine.Said(0, string.Empty, string.Empty));
    }
}
