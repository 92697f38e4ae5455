using System.Globalization;
using System.Numerics;

namespace Movc.VehicleKernel.Bundles;

/// <summary>
/// Hash of what a plan has its vehicles do: the sum modulo 2^128 over vehicles of a term each, which covers the setpoint and the whole
/// schedule. A sum does not depend on the order of its terms, so parts of a fleet are hashed apart and combined. A term is SipHash-2-4
/// of 128 bits, keyed by the plan's seed and instant: docs/protocol/plan-bundle.md. It makes no object.
/// </summary>
/// <remarks>
/// It tells whether two made the same of the same prices, and is quick enough for every schedule of a city at every interval. What
/// binds a plan is the bundle's own SHA-256: schedules follow from snapshot and rounds, and both are under it. A sum of hashes, of
/// whatever kind, can be made to collide by who is free to choose the schedules.
/// </remarks>
/// <param name="seed">Seed of the plan.</param>
/// <param name="atMs">Instant of the plan, Unix milliseconds UTC.</param>
public sealed class ScheduleHash(ulong seed, long atMs)
{
    /// <summary>The sum over the vehicles added so far.</summary>
    public UInt128 Sum { get; private set; }

    /// <summary>Adds one vehicle.</summary>
    /// <param name="vehicle">Its index in the plan.</param>
    /// <param name="setpointW">Its power in slot 0, W.</param>
    /// <param name="gained">Energy gained in each slot, units; length T.</param>
    public void Add(int vehicle, int setpointW, ReadOnlySpan<int> gained) => Sum = Combine(Sum, Term(vehicle, setpointW, gained));

    /// <summary>
    /// One vehicle's term, over words of 64 bits: its index and, in the upper half, its setpoint; then each run of slots with one gain
    /// that is not 0: first slot (16 bits), first slot after (16 bits), gain (32 bits).
    /// </summary>
    public UInt128 Term(int vehicle, int setpointW, ReadOnlySpan<int> gained)
    {
        var sip = new Sip(seed, (ulong)atMs);
        sip.Word((uint)vehicle | (ulong)(uint)setpointW << 32);
        int words = 1;
        for (int t = 0; t < gained.Length;)
        {
            int gain = gained[t], from = t;
            if (gain == 0)
            {
                // Most slots of most vehicles.
                int next = gained[t..].IndexOfAnyExcept(0);
                if (next < 0) break;
                t += next;
                continue;
            }
            while (++t < gained.Length && gained[t] == gain)
            {
            }
            sip.Word((uint)from | (uint)t << 16 | (ulong)(uint)gain << 32);
            words++;
        }
        return sip.Finish(words);
    }

    /// <summary>Sum modulo 2^128, of two terms or of two parts of the fleet.</summary>
    public static UInt128 Combine(UInt128 a, UInt128 b) => unchecked(a + b);

    /// <summary>32 lower-case hexadecimal digits, most significant first.</summary>
    public static string ToHex(UInt128 sum) => sum.ToString("x32", CultureInfo.InvariantCulture);

    /// <summary>SipHash-2-4 with 128 bits of output (Aumasson and Bernstein 2012) over whole words.</summary>
    private struct Sip(ulong k0, ulong k1)
    {
        private ulong _v0 = k0 ^ 0x736F6D6570736575UL;
        private ulong _v1 = k1 ^ 0x646F72616E646F6DUL ^ 0xEE;
        private ulong _v2 = k0 ^ 0x6C7967656E657261UL;
        private ulong _v3 = k1 ^ 0x7465646279746573UL;

        public void Word(ulong word)
        {
            _v3 ^= word;
            Round();
            Round();
            _v0 ^= word;
        }

        public UInt128 Finish(int words)
        {
            // The last word holds what is over after whole words, nothing here, and the length in bytes modulo 256.
            Word((ulong)(words * 8) << 56);
            _v2 ^= 0xEE;
            ulong low = Four();
            _v1 ^= 0xDD;
            return new UInt128(Four(), low);
        }

        private ulong Four()
        {
            for (int k = 0; k < 4; k++) Round();
            return _v0 ^ _v1 ^ _v2 ^ _v3;
        }

        private void Round()
        {
            _v0 += _v1;
            _v1 = BitOperations.RotateLeft(_v1, 13) ^ _v0;
            _v0 = BitOperations.RotateLeft(_v0, 32);
            _v2 += _v3;
            _v3 = BitOperations.RotateLeft(_v3, 16) ^ _v2;
            _v0 += _v3;
            _v3 = BitOperations.RotateLeft(_v3, 21) ^ _v0;
            _v2 += _v1;
            _v1 = BitOperations.RotateLeft(_v1, 17) ^ _v2;
            _v2 = BitOperations.RotateLeft(_v2, 32);
        }
    }
}
