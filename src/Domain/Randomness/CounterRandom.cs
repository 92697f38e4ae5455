namespace Movc.Domain.Randomness;

/// <summary>
/// A counter-based random stream: the i-th draw of stream (seed, vehicle, day) is a hash of the four numbers, so any day of any
/// vehicle can be drawn alone, in any order, on any thread.
/// </summary>
/// <remarks>
/// The hash is SplitMix64's output function (Steele, Lea, Flood: Fast splittable pseudorandom number generators, OOPSLA 2014;
/// constants of Stafford's variant 13), chained once for each key; the increment is their golden gamma, 2^64 over the golden ratio.
/// </remarks>
public struct CounterRandom
{
    private const ulong GoldenGamma = 0x9E3779B97F4A7C15;
    private ulong _state;

    private CounterRandom(ulong state) => _state = state;

    /// <summary>Key of a vehicle's streams.</summary>
    public static ulong VehicleKey(long seed, int vehicle) => Mix(Mix((ulong)seed + GoldenGamma) + GoldenGamma * (ulong)(vehicle + 1L));

    /// <summary>What a vehicle is: drawn once.</summary>
    public static CounterRandom OfTraits(ulong vehicleKey) => new(Mix(~vehicleKey));

    /// <summary>What a vehicle does on a local calendar day.</summary>
    public static CounterRandom OfDay(ulong vehicleKey, int day) => new(Mix(vehicleKey + GoldenGamma * (ulong)(day + 1L)));

    /// <summary>Where a vehicle goes.</summary>
    public static CounterRandom OfMobility(ulong vehicleKey) => new(Mix(vehicleKey ^ 0xA0761D6478BD642F));

    /// <summary>Whether and how a vehicle charges.</summary>
    public static CounterRandom OfCharging(ulong vehicleKey) => new(Mix(vehicleKey ^ 0xE7037ED1A0B428DB));

    /// <summary>When inside a slot a vehicle leaves.</summary>
    public static CounterRandom OfDeparture(ulong vehicleKey, int slot) => new(Mix((vehicleKey ^ 0x8EBC6AF09C88C6E3) + GoldenGamma * (ulong)(slot + 1L)));

    /// <summary>How far off is what a driver declares who plugs in at a second.</summary>
    public static CounterRandom OfDeclaration(ulong vehicleKey, int second) => new(Mix((vehicleKey ^ 0x589965CC75374CC3) + GoldenGamma * (ulong)(second + 1L)));

    /// <summary>Uniform in [0, 1), 53 bits.</summary>
    public double NextUniform() => (NextBits() >> 11) * (1.0 / (1UL << 53));

    /// <summary>A pair of independent standard normals (Box, Muller 1958).</summary>
    public (double First, double Second) NextNormals()
    {
        double radius = Math.Sqrt(-2 * Math.Log(1 - NextUniform()));
        (double sin, double cos) = Math.SinCos(2 * Math.PI * NextUniform());
        return (radius * cos, radius * sin);
    }

    private ulong NextBits() => Mix(_state += GoldenGamma);

    private static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
