using System.Collections.Concurrent;
using System.Text.Json;
using Movc.Gateway.Frames;
using Movc.Gateway.Json;
using Movc.Gateway.Live;

namespace Movc.Gateway.Tests;

public class FrameFanOutTests
{
    private static CityPicture Picture(int plugged) => new(
        CityFrameComposer.Compose(Samples.Status(plugged), null, null, new FakeRun(), new EastEight(), Samples.Now), null, null);

    private static int Plugged(EncodedFrame frame)
    {
        using JsonDocument document = JsonDocument.Parse(frame.Utf8);
        return document.RootElement.GetProperty("counts").GetProperty("plugged").GetInt32();
    }

    [Fact]
    public async Task The_newest_frame_wins_and_the_ones_it_replaced_are_counted()
    {
        var fanOut = new FrameFanOut();
        using var gone = CancellationTokenSource.CreateLinkedTokenSource(GatewayUnderTest.Stop);
        var entered = new SemaphoreSlim(0);
        var release = new SemaphoreSlim(0);
        var got = new ConcurrentQueue<int>();
        Task pump = fanOut.RunAsync(
            async (frame, token) =>
            {
                got.Enqueue(Plugged(frame));
                entered.Release();
                await release.WaitAsync(token);
            },
            TimeProvider.System, gone.Token);
        fanOut.Publish(Picture(1), Samples.Now);
        await entered.WaitAsync(GatewayUnderTest.Stop);
        // The page is busy with frame 1: of the next nine only the last is worth sending.
        for (int i = 2; i <= 10; i++) fanOut.Publish(Picture(i), Samples.Now);
        release.Release();
        await entered.WaitAsync(GatewayUnderTest.Stop);
        got.ShouldBe([1, 10]);
        fanOut.Superseded.ShouldBe(8);
        await gone.CancelAsync();
        await pump;
        fanOut.Connections.ShouldBe(0);
    }

    [Fact]
    public async Task A_page_that_never_takes_its_frame_does_not_hold_up_publishing_or_other_pages()
    {
        var fanOut = new FrameFanOut();
        using var gone = CancellationTokenSource.CreateLinkedTokenSource(GatewayUnderTest.Stop);
        var got = new SemaphoreSlim(0);
        Task frozen = fanOut.RunAsync((_, token) => Task.Delay(Timeout.Infinite, token), TimeProvider.System, gone.Token);
        Task healthy = fanOut.RunAsync((_, _) => Task.FromResult(got.Release()), TimeProvider.System, gone.Token);
        for (int i = 0; i < 100; i++)
        {
            fanOut.Publish(Picture(i), Samples.Now);
            (await got.WaitAsync(TimeSpan.FromSeconds(5), GatewayUnderTest.Stop)).ShouldBeTrue();
        }
        fanOut.Superseded.ShouldBeInRange(98, 99);
        await gone.CancelAsync();
        await Task.WhenAll(frozen, healthy);
    }

    [Fact]
    public async Task A_page_that_connects_gets_the_latest_frame_at_once()
    {
        var fanOut = new FrameFanOut();
        fanOut.Publish(Picture(1), Samples.Now);
        fanOut.Publish(Picture(2), Samples.Now);
        using var gone = CancellationTokenSource.CreateLinkedTokenSource(GatewayUnderTest.Stop);
        var first = new TaskCompletionSource<int>();
        Task pump = fanOut.RunAsync((frame, _) => Task.FromResult(first.TrySetResult(Plugged(frame))), TimeProvider.System, gone.Token);
        (await first.Task.WaitAsync(TimeSpan.FromSeconds(5), GatewayUnderTest.Stop)).ShouldBe(2);
        await gone.CancelAsync();
        await pump;
    }
}
