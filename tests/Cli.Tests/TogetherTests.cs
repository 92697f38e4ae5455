using Movc.Roles;

namespace Movc.Cli.Tests;

public class TogetherTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact(Timeout = 60_000)]
    public async Task A_fault_is_thrown_only_when_every_part_has_ended()
    {
        bool hasEnded = false;
        InvalidOperationException fault = await Should.ThrowAsync<InvalidOperationException>(() => Together.RunAsync(
            Token,
            _ => throw new InvalidOperationException("the cause"),
            async stop =>
            {
                try
                {
                    await Task.Delay(Timeout.Infinite, stop);
                }
                catch (OperationCanceledException)
                {
                    await Task.Delay(200, CancellationToken.None);
                }
                hasEnded = true;
                throw new InvalidOperationException("the consequence");
            }));
        fault.Message.ShouldBe("the cause");
        hasEnded.ShouldBeTrue();
    }

    [Fact(Timeout = 60_000)]
    public async Task One_that_ends_by_itself_ends_the_others_and_a_stop_is_no_fault()
    {
        await Together.RunAsync(Token, _ => Task.CompletedTask, stop => Task.Delay(Timeout.Infinite, stop));
        using var stop = new CancellationTokenSource(TimeSpan.FromMilliseconds(50));
        await Together.RunAsync(stop.Token, token => Task.Delay(Timeout.Infinite, token), token => Task.Delay(Timeout.Infinite, token));
    }
}
