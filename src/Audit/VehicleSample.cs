namespace Movc.Audit;

/// <summary>Which vehicles of a large fleet are replayed.</summary>
internal static class VehicleSample
{
    /// <summary>
    /// The first, the last, and one vehicle of each equal stretch between them, so that no part of the fleet stays unseen.
    /// Rising, distinct, the same for the same seed.
    /// </summary>
    public static int[] Take(int vehicles, int size, ulong seed)
    {
        if (size >= vehicles) return All(vehicles);
        if (size < 2) throw new ArgumentOutOfRangeException(nameof(size), size, "a sample holds the first and the last vehicle: 2 or more");
        var sample = new int[size];
        sample[^1] = vehicles - 1;
        long inner = vehicles - 2, stretches = size - 2;
        for (long k = 0; k < stretches; k++)
        {
            long from = k * inner / stretches, to = (k + 1) * inner / stretches;
            sample[k + 1] = (int)(1 + from + (long)(Mix(seed, (ulong)k) % (ulong)(to - from)));
        }
        return sample;
    }

    public static int[] All(int vehicles)
    {
        var all = new int[vehicles];
        for (int i = 0; i < vehicles; i++) all[i] = i;
        return all;
    }

    // SplitMix64 (Steele, Lea, Flood 2014): well mixed from any seed, counter by counter.
    private static ulong Mix(ulong seed, ulong counter)
    {
        ulong z = seed + (counter + 1) * 0x9E3779B97F4A7C15UL;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
        return z ^ (z >> 31);
    }
}
