using Movc.Domain.Fleet;
using Movc.Domain.Queries;
using Movc.RollingOptimizer.Horizon;

namespace Movc.RollingOptimizer.Tests.Horizon;

public sealed class ReserveControlTests
{
    [Theory]
    [InlineData(500_000)]
    [InlineData(20_000)]
    public void Over_time_the_share_that_leaves_short_comes_to_half_the_risk_whatever_the_needs_are(int vehicles)
    {
        // The more is held, the fewer leave short: one in 2,000 without a reserve, a tenth of them with each 8 kWh more.
        var control = new ReserveControl(new HorizonPolicy() { Risk = 1e-4, ReserveWh = 0 });
        var random = new Random(1);
        long departures = 0, under = 0, lateDepartures = 0, lateUnder = 0;
        double expected = 0;
        PromiseView promise = control.Next(Fleet(vehicles, 0, 0));
        const int Days = 400;
        for (int interval = 0; interval < Days * 144; interval++)
        {
            int leaving = vehicles * 3 / 2 / 144;
            expected += leaving * 5e-4 * Math.Pow(10, -promise.ReserveKwh / 8);
            int now = 0;
            while (expected > random.NextDouble())
            {
                now++;
                expected -= 1;
            }
            departures += leaving;
            under += now;
            if (interval > Days * 72) (lateDepartures, lateUnder) = (lateDepartures + leaving, lateUnder + now);
            promise = control.Next(Fleet(vehicles, departures, under));
        }
        ((double)lateUnder / lateDepartures).ShouldBe(0.5e-4, 1e-5);
        // Where a share of 1 in 20,000 is met.
        promise.ReserveKwh.ShouldBe(8 * Math.Log10(10), 3);
    }

    [Fact]
    public void It_goes_on_where_a_plan_stood_and_without_a_risk_it_stays()
    {
        var whole = new ReserveControl(new HorizonPolicy() { Risk = 1e-4 });
        whole.Next(Fleet(1_000, 100, 0));
        PromiseView stored = whole.Next(Fleet(1_000, 200, 2));
        var again = new ReserveControl(new HorizonPolicy() { Risk = 1e-4 });
        again.Restore(stored);
        again.Next(Fleet(1_000, 300, 3)).ShouldBe(whole.Next(Fleet(1_000, 300, 3)));
        stored.ReserveKwh.ShouldBeGreaterThan(HorizonPolicy.DefaultReserveWh / 1000.0);
        var kept = new ReserveControl(new HorizonPolicy() { ReserveWh = 7_000 });
        kept.Next(Fleet(1_000, 100, 0));
        kept.Next(Fleet(1_000, 200, 90)).ReserveKwh.ShouldBe(7);
    }

    private static FleetSnapshot Fleet(int vehicles, long departures, long under)
    {
        ShardSnapshot empty = Fleets.Shard(Fleets.At, 0, []);
        return new FleetSnapshot(Fleets.At,
        [
            new ShardSnapshot
            {
                Shard = 0, AtMs = empty.AtMs, JournalSequence = 1, Ids = empty.Ids, RegisteredCount = vehicles, Vehicle = [], CapacityWh = [], EnergyWh = [], ChargeOnlyEnergyWh = [], MaxChargeW = [],
                MaxDischargeW = [], UnmanagedW = [], UnmanagedStart = [], DepartureMs = [], NeededWh = [], Consent = [], District = [], StandingW = [], SetpointUntilMs = [], SlotChargeOnlyKw = 0,
                SlotDispatchedKw = 0, SlotWillingChargeOnlyKw = 0, SlotWillingChargedKw = 0, SlotWillingDischargedKw = 0, StaleCount = 0, DeparturesUnderPromise = under, Departures = departures,
                SatisfactionPpm = 0, Outlook = empty.Outlook,
            },
        ]);
    }
}
