using Movc.VehicleKernel.Bundles;

namespace Movc.VehicleKernel.Tests;

public sealed class ScheduleHashTests
{
    [Fact]
    public void A_term_is_SipHash_as_others_compute_it()
    {
        // Key 00 … 0f, message 00 … 07: `openssl mac -macopt hexkey:… -macopt size:16 SIPHASH`, bytes read low first.
        ScheduleHash.ToHex(new ScheduleHash(0x0706050403020100, 0x0F0E0D0C0B0A0908).Term(0x03020100, 0x07060504, [0, 0])).ShouldBe("b49714f364e2830f61f55862baa9623b");
        // The worked example of docs/protocol/plan-bundle.md.
        int[] gained = [0, 0, 0, -500, -500, -500, -500, -500, -500, 0];
        ScheduleHash.ToHex(new ScheduleHash(42, 1_767_225_600_000).Term(7, -3_200, gained)).ShouldBe("54305e86ffa31f07ad8b265aea32ace9");
    }

    [Fact]
    public void Parts_in_any_order_come_to_the_whole()
    {
        var random = new SplitMix64(1);
        int[][] schedules = [.. Enumerable.Range(0, 50).Select(_ => Schedule(ref random))];
        ScheduleHash whole = new(1, 2), odd = new(1, 2), even = new(1, 2);
        for (int i = 0; i < schedules.Length; i++) whole.Add(i, i, schedules[i]);
        for (int i = schedules.Length - 1; i >= 0; i--) (i % 2 == 0 ? even : odd).Add(i, i, schedules[i]);
        ScheduleHash.Combine(odd.Sum, even.Sum).ShouldBe(whole.Sum);
        ScheduleHash.Combine(odd.Sum, odd.Sum).ShouldNotBe(whole.Sum);
    }

    [Fact]
    public void Every_slot_the_setpoint_the_index_and_the_plan_matter()
    {
        var random = new SplitMix64(2);
        int[] schedule = Schedule(ref random);
        var hash = new ScheduleHash(1, 2);
        var terms = new HashSet<UInt128> { hash.Term(5, 9, schedule), hash.Term(6, 9, schedule), hash.Term(5, 8, schedule), new ScheduleHash(2, 2).Term(5, 9, schedule), new ScheduleHash(1, 3).Term(5, 9, schedule) };
        for (int t = 0; t < schedule.Length; t++)
        {
            schedule[t]++;
            terms.Add(hash.Term(5, 9, schedule));
            schedule[t]--;
        }
        terms.Count.ShouldBe(5 + schedule.Length);
        terms.ShouldContain(hash.Term(5, 9, schedule));
    }

    [Fact]
    public void Hashing_makes_no_object()
    {
        var random = new SplitMix64(3);
        int[] schedule = Schedule(ref random);
        var hash = new ScheduleHash(1, 2);
        hash.Add(0, 1, schedule);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 1_000; i++) hash.Add(i, 1, schedule);
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
    }

    private static int[] Schedule(ref SplitMix64 random)
    {
        var schedule = new int[40];
        for (int t = 0; t < schedule.Length; t++) schedule[t] = random.NextInt(3) == 0 ? random.NextInt(9) - 4 : 0;
        return schedule;
    }
}
