using Movc.Domain.Charging;
using Movc.Domain.Time;

namespace Movc.Domain.Tests.Charging;

public sealed class UnmanagedChargingTests
{
    private const long Monday = 1_658_102_400_000;
    private const long Minute = 60_000;

    // Midnight of the calendar is 16:00 UTC.
    private static readonly Tariff Prices = Hourly(h => h < 8 ? 0.26 : h is 10 or 11 or (>= 14 and < 19) ? 1.12 : 0.68);
    private static readonly UnmanagedCharging Waiting = new(new TariffClock(Prices, new EightHoursAhead()));

    [Fact]
    public void Time_at_the_levels_adds_up_to_the_time()
    {
        var clock = new TariffClock(Prices, new EightHoursAhead());
        var random = new Random(4);
        for (int n = 0; n < 500; n++)
        {
            long from = Monday + random.NextInt64(0, 20_000_000_000), to = from + random.NextInt64(0, 500_000_000);
            Enumerable.Range(0, clock.Levels).Sum(l => clock.MsAt(l, from, to)).ShouldBe(to - from);
        }
        // From 7:00 to 11:00: one hour of valley, two of flat, one of peak.
        long seven = Monday - (Monday % 86_400_000) - (60 * Minute);
        Enumerable.Range(0, 3).Select(l => clock.MsAt(l, seven, seven + (240 * Minute)) / Minute).ShouldBe([60, 120, 60]);
        (clock.LevelAt(seven), clock.LevelAt(seven + (60 * Minute)), clock.LevelAt(seven + (180 * Minute))).ShouldBe((0, 1, 2));
        clock.MsAt(0, seven, seven - 1).ShouldBe(0);
    }

    [Theory]
    [InlineData(UnmanagedStart.AtOnce)]
    [InlineData(UnmanagedStart.Cheapest)]
    public void A_session_stores_what_minute_by_minute_reckoning_stores(UnmanagedStart start)
    {
        var random = new Random(8);
        for (int n = 0; n < 300; n++)
        {
            int minutes = random.Next(1, 3000), powerW = random.Next(500, 60_000);
            double missing = random.NextDouble() * 70_000;
            long from = Monday + (random.Next(0, 20_000) * Minute), departure = from + (minutes * Minute);
            double[] byMinute = Reckon(missing, powerW, from, minutes, start == UnmanagedStart.Cheapest);
            int until = random.Next(0, minutes + 1);
            double wanted = byMinute.Take(until).Sum();
            Waiting.StoredWh(missing, powerW, start, from, from + (until * Minute), departure).ShouldBe(wanted, 1e-6 * (1 + wanted));
            // Power now is power in the next minute; in the minute that ends a session or its turn at a price it is both.
            if (until == minutes || (byMinute[until] > 0 && byMinute[until] < Full(powerW) - 1e-6) || missing - wanted < 1e-6) continue;
            Waiting.PowerW(missing - wanted, powerW, start, from + (until * Minute), departure).ShouldBe(byMinute[until] > 0 ? powerW : 0);
        }
    }

    [Fact]
    public void Cutting_the_time_changes_nothing()
    {
        var random = new Random(15);
        for (int n = 0; n < 500; n++)
        {
            int powerW = random.Next(500, 60_000);
            double missing = random.NextDouble() * 70_000, left = missing;
            long from = Monday + random.NextInt64(0, 1_000_000_000), departure = random.Next(5) == 0 ? 0 : from + random.NextInt64(1, 200_000_000);
            // Also beyond the declared departure: who stays longer goes on.
            long until = from + random.NextInt64(1, 300_000_000);
            if (departure == 0) continue;
            double whole = Waiting.StoredWh(missing, powerW, UnmanagedStart.Cheapest, from, until, departure);
            long[] cuts = [from, .. Enumerable.Range(0, 12).Select(_ => random.NextInt64(from, until)).Order(), until];
            double parts = 0;
            for (int k = 1; k < cuts.Length; k++)
            {
                double part = Waiting.StoredWh(left, powerW, UnmanagedStart.Cheapest, cuts[k - 1], cuts[k], departure);
                parts += part;
                left -= part;
            }
            parts.ShouldBe(whole, 1e-5);
        }
    }

    [Fact]
    public void It_is_the_session_of_the_model_of_people()
    {
        var random = new Random(23);
        for (int n = 0; n < 200; n++)
        {
            int slots = random.Next(1, 400), first = random.Next(0, 2000), powerW = random.Next(1_000, 60_000);
            double missingKwh = random.NextDouble() * 70;
            double[] load = new double[slots];
            SessionSlots.AddTo(missingKwh, powerW / 1000.0, 0.9, 0, slots, first % Slots.PerDay, Prices, load);
            // Slot 0 of the model is a local midnight.
            long origin = Monday - (8 * 60 * Minute), from = origin + (first * Slots.Ms), departure = from + (slots * Slots.Ms);
            double before = 0;
            for (int t = 0; t < slots; t++)
            {
                double stored = Waiting.StoredWh(missingKwh * 1000, powerW, UnmanagedStart.Cheapest, from, from + ((t + 1) * Slots.Ms), departure);
                (stored - before).ShouldBe(load[t] * 0.9 / 6 * 1000, 1e-6);
                before = stored;
            }
        }
    }

    [Fact]
    public void Without_a_tariff_nobody_waits_and_nothing_is_stored_without_power_room_or_time()
    {
        UnmanagedCharging.AtOnce.Waits(UnmanagedStart.Cheapest).ShouldBeFalse();
        UnmanagedCharging.AtOnce.StoredWh(1e9, 6_000, UnmanagedStart.Cheapest, 0, 600_000, 0).ShouldBe(900, 1e-9);
        Waiting.StoredWh(0, 6_000, UnmanagedStart.AtOnce, 0, 600_000, 0).ShouldBe(0);
        Waiting.StoredWh(-5, 6_000, UnmanagedStart.Cheapest, 0, 600_000, 0).ShouldBe(0);
        Waiting.StoredWh(5, 0, UnmanagedStart.Cheapest, 0, 600_000, 0).ShouldBe(0);
        Waiting.StoredWh(5, 7_000, UnmanagedStart.Cheapest, 600_000, 600_000, 0).ShouldBe(0);
        Waiting.PowerW(0, 7_000, UnmanagedStart.Cheapest, 0, 0).ShouldBe(0);
    }

    private static double Full(int powerW) => 0.9 * powerW / 60;

    /// <summary>Wh of each minute: the cheapest minutes, the earliest of equal ones, until full.</summary>
    private static double[] Reckon(double missing, int powerW, long from, int minutes, bool cheapest)
    {
        double[] stored = new double[minutes];
        IEnumerable<int> order = Enumerable.Range(0, minutes);
        if (cheapest) order = order.OrderBy(m => Prices.LevelOfSlot[(int)(((from / Minute) + m + 480) % 1440 / 10)]).ThenBy(m => m);
        foreach (int m in order)
        {
            stored[m] = Math.Min(missing, Full(powerW));
            missing -= stored[m];
        }
        return stored;
    }

    private static Tariff Hourly(Func<int, double> price) =>
        new([.. Enumerable.Range(0, 144).Select(t => price(t / 6))], [.. Enumerable.Range(0, 144).Select(t => price(t / 6) + 0.6)]);

    private sealed class EightHoursAhead : ICityCalendar
    {
        public string TimeZone => "Asia/Shanghai";

        public int DayNumber(long unixMs) => (int)((unixMs + (480 * Minute)) / 86_400_000);

        public int MinuteOfDay(long unixMs) => (int)((unixMs + (480 * Minute)) % 86_400_000 / Minute);

        public int OffsetMinutes(long unixMs) => 480;
    }
}
