namespace Movc.RollingOptimizer.Solver;

/// <summary>
/// The order in which a pass takes the vehicles: short runs of neighbours (one cache line of each column), the runs spread over the
/// whole fleet by a golden-section stride, so that any stretch of the order stands for the fleet even if it is sorted.
/// </summary>
internal sealed class ProcessOrder
{
    private const int Run = 8;
    private readonly long _runs;
    private readonly long _stride;
    private readonly long _offset;

    public ProcessOrder(int count, ulong seed)
    {
        Count = count;
        _runs = count / Run;
        if (_runs == 0) return;
        var random = new SplitMix64(seed);
        _offset = (long)(random.Next() % (ulong)_runs);
        _stride = Math.Max(1, (long)(_runs * 0.6180339887498949));
        while (Gcd(_stride, _runs) != 1) _stride++;
    }

    public int Count { get; }

    public int this[int position]
    {
        get
        {
            long run = position / Run;
            return run >= _runs ? position : (int)((run * _stride + _offset) % _runs * Run + position % Run);
        }
    }

    private static long Gcd(long a, long b)
    {
        while (b != 0) (a, b) = (b, a % b);
        return a;
    }
}
