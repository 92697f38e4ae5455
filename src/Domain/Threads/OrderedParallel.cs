using System.Collections.Concurrent;

namespace Movc.Domain.Threads;

/// <summary>Works on numbered pieces on all processors and hands the results on in the order of the pieces: sums do not depend on the threads.</summary>
public static class OrderedParallel
{
    /// <summary>Runs the pieces.</summary>
    /// <typeparam name="TState">What a thread keeps from piece to piece.</typeparam>
    /// <typeparam name="TResult">What a piece comes to.</typeparam>
    /// <param name="pieces">How many, 0 or more.</param>
    /// <param name="open">Makes a thread's state.</param>
    /// <param name="work">Works on a piece: (piece, state).</param>
    /// <param name="close">Called for every result in the order of the pieces, one at a time.</param>
    /// <param name="threads">Threads at most; 0 = all processors.</param>
    /// <param name="cancellationToken">Looked at between pieces.</param>
    public static void Run<TState, TResult>(
        int pieces, Func<TState> open, Func<int, TState, TResult> work, Action<TResult> close, int threads = 0, CancellationToken cancellationToken = default)
    {
        var waiting = new Dictionary<int, TResult>();
        int nextToClose = 0;
        var gate = new Lock();
        var options = new ParallelOptions { MaxDegreeOfParallelism = threads > 0 ? threads : Environment.ProcessorCount, CancellationToken = cancellationToken };
        // One piece at a time and in order: what waits to be handed on stays little.
        OrderablePartitioner<int> partition = Partitioner.Create(Enumerable.Range(0, pieces), EnumerablePartitionerOptions.NoBuffering);
        Parallel.ForEach(partition, options, open, (piece, _, state) =>
        {
            TResult result = work(piece, state);
            lock (gate)
            {
                waiting[piece] = result;
                while (waiting.Remove(nextToClose, out TResult? done))
                {
                    close(done);
                    nextToClose++;
                }
            }
            return state;
        }, _ => { });
    }
}
