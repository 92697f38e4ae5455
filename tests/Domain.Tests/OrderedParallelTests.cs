using Movc.Domain.Threads;

namespace Movc.Domain.Tests;

public class OrderedParallelTests
{
    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 4)]
    [InlineData(200, 1)]
    [InlineData(200, 8)]
    public void Results_come_in_the_order_of_the_pieces(int pieces, int threads)
    {
        var closed = new List<int>();
        OrderedParallel.Run(pieces, () => 0, (piece, _) =>
        {
            // The first pieces take longest.
            Thread.SpinWait(piece < 20 ? 200_000 : 10);
            return piece;
        }, closed.Add, threads, TestContext.Current.CancellationToken);
        closed.ShouldBe(Enumerable.Range(0, pieces));
    }

    [Fact]
    public void A_failing_piece_ends_the_work_with_its_failure()
    {
        var closed = new List<int>();
        Should.Throw<AggregateException>(() => OrderedParallel.Run(
            50, () => 0, (piece, _) => piece == 7 ? throw new InvalidOperationException("seven") : piece, closed.Add, 2, TestContext.Current.CancellationToken))
            .InnerException!.Message.ShouldBe("seven");
        closed.ShouldNotContain(7);
        closed.ShouldBe(Enumerable.Range(0, closed.Count));
    }
}
