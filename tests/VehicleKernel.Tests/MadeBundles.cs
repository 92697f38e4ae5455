using Movc.VehicleKernel.Bundles;
using Movc.VehicleKernel.Storage;

namespace Movc.VehicleKernel.Tests;

/// <summary>Bundles made up from a seed: lawful in form, of no city.</summary>
internal static class MadeBundles
{
    public static readonly EnergyUnits Units = new(540, 81, 100);

    public static PlanBundle Draw(ulong seed, int slots = 12, int past = 3, int rounds = 5, int rows = 2)
    {
        var random = new SplitMix64(seed);
        int[] blocks = [.. Enumerable.Range(0, rounds).Select(_ => 1 + random.NextInt(20))];
        int firstDay = slots / 2;
        return new PlanBundle
        {
            Id = $"plan-{seed}",
            AtMs = (long)(random.Next() >> 24),
            VehicleCount = blocks.Sum() + rows,
            SlotHours = 1 / 6.0,
            Efficiency = .9,
            Lambda = .15,
            PeakWeight = random.NextInt(2) * .1,
            Seed = random.Next(),
            Units = Units,
            Status = (byte)random.NextInt(4),
            LoweredNeeds = random.NextInt(3),
            ObjectiveKw = 1000 * random.NextUnit(),
            BoundKw = 1000 * random.NextUnit(),
            SnapshotHash = Hash(ref random),
            ScheduleSum = new UInt128(random.Next(), random.Next()),
            PreviousHash = Hash(ref random),
            DayOfSlot = [.. Enumerable.Range(0, slots).Select(t => t < firstDay ? 0 : firstDay == 0 ? 0 : 1)],
            Prices = Numbers(ref random, past + slots),
            LoadKw = Numbers(ref random, slots),
            AfterKw = Numbers(ref random, slots),
            PastLoadKw = Numbers(ref random, past),
            Rounds = Rounds(ref random, rounds, slots),
            Blocks = blocks,
            Rows = Rows(ref random, rows * slots),
        };
    }

    public static double[] Numbers(ref SplitMix64 random, int count)
    {
        var numbers = new double[count];
        for (int i = 0; i < count; i++) numbers[i] = (2 * random.NextUnit()) - 1;
        return numbers;
    }

    private static PriceRanks[] Rounds(ref SplitMix64 random, int rounds, int slots)
    {
        var made = new PriceRanks[rounds];
        for (int r = 0; r < rounds; r++) made[r] = PriceRanks.OfPrices(Numbers(ref random, slots), .15, Units);
        return made;
    }

    private static int[] Rows(ref SplitMix64 random, int count)
    {
        var rows = new int[count];
        for (int i = 0; i < count; i++) rows[i] = random.NextInt(3) == 0 ? random.NextInt(1_000_000) - 500_000 : 0;
        return rows;
    }

    private static Digest Hash(ref SplitMix64 random) => new(new UInt128(random.Next(), random.Next()), new UInt128(random.Next(), random.Next()));
}
