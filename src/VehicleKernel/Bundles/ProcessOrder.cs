namespace Movc.VehicleKernel.Bundles;

/// <summary>
/// The order in which a pass takes the vehicles: short runs of neighbours (one cache line of each column), the runs spread over the
/// whole fleet by a golden-section stride, so that any stretch of the order stands for the fleet even if it is sorted.
/// </summary>
public sealed class ProcessOrder
{
    private const int Run = 8;
    private readonly long _runs;
    private readonly long _stride;
    private readonly long _offset;
    private readonly long _back;

    /// <param name="count">Vehicles, 0 or more.</param>
    /// <param name="seed">Seed of the plan; it moves the start.</param>
    public ProcessOrder(int count, ulong seed)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        Count = count;
        _runs = count / Run;
        if (_runs == 0) return;
        var random = new SplitMix64(seed);
        _offset = (long)(random.Next() % (ulong)_runs);
        _stride = Math.Max(1, (long)(_runs * 0.6180339887498949));
        while (Gcd(_stride, _runs) != 1) _stride++;
        _back = Inverse(_stride % _runs, _runs);
    }

    public int Count { get; }

    /// <summary>Vehicle at a position of the order, both from 0.</summary>
    public int this[int position]
    {
        get
        {
            long run = position / Run;
            return run >= _runs ? position : (int)((run * _stride + _offset) % _runs * Run + position % Run);
        }
    }

    /// <summary>Position of a vehicle in the order, both from 0.</summary>
    public int PositionOf(int vehicle)
    {
        long run = vehicle / Run;
        if (run >= _runs) return vehicle;
        // Under 2^28 runs, so the product stays under 2^56.
        long from = (run - _offset + _runs) % _runs;
        return (int)(from * _back % _runs * Run + vehicle % Run);
    }

    // Extended Euclid: the number that times the stride is 1 modulo the runs.
    private static long Inverse(long value, long modulus)
    {
        long r = modulus, next = value, t = 0, nextT = 1;
        while (next != 0)
        {
            long quotient = r / next;
            (r, next) = (next, r - quotient * next);
            (t, nextT) = (nextT, t - quotient * nextT);
        }
        return (t % modulus + modulus) % modulus;
    }

    private static long Gcd(long a, long b)
    {
        while (b != 0) (a, b) = (b, a % b);
        return a;
    }
}
