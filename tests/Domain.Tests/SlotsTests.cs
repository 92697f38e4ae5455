using Movc.Domain.Time;

namespace Movc.Domain.Tests;

public sealed class SlotsTests
{
    [Fact]
    public void A_day_has_144_slots_of_ten_minutes()
    {
        (Slots.PerDay * Slots.Ms).ShouldBe(24 * 60 * 60 * 1000L);
        (Slots.PerDay * Slots.Hours).ShouldBe(24, 1e-12);
    }

    [Theory]
    [InlineData(0, 0, 0)]
    [InlineData(1, 0, 600_000)]
    [InlineData(599_999, 0, 600_000)]
    [InlineData(600_000, 600_000, 600_000)]
    [InlineData(600_001, 600_000, 1_200_000)]
    [InlineData(-1, -600_000, 0)]
    [InlineData(-600_000, -600_000, -600_000)]
    [InlineData(-600_001, -1_200_000, -600_000)]
    public void An_instant_lies_between_its_boundaries_before_1970_too(long instantMs, long floorMs, long ceilingMs)
    {
        Slots.Floor(instantMs).ShouldBe(floorMs);
        Slots.Ceiling(instantMs).ShouldBe(ceilingMs);
    }

    [Fact]
    public void Floor_and_ceiling_are_at_most_one_slot_apart_and_hold_the_instant()
    {
        var random = new Random(1);
        for (int i = 0; i < 10_000; i++)
        {
            long instantMs = random.NextInt64(-4_000_000_000_000, 4_000_000_000_000);
            long floorMs = Slots.Floor(instantMs), ceilingMs = Slots.Ceiling(instantMs);
            floorMs.ShouldBeLessThanOrEqualTo(instantMs);
            ceilingMs.ShouldBeGreaterThanOrEqualTo(instantMs);
            (ceilingMs - floorMs).ShouldBe(floorMs == instantMs ? 0 : Slots.Ms);
            Slots.Floor(floorMs).ShouldBe(floorMs);
            Slots.Ceiling(ceilingMs).ShouldBe(ceilingMs);
        }
    }
}
