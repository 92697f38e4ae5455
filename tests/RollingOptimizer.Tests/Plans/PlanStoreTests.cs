using Movc.Domain.Queries;
using Movc.Domain.Time;
using Movc.RollingOptimizer.Plans;
using Movc.RollingOptimizer.Tests.Horizon;

namespace Movc.RollingOptimizer.Tests.Plans;

/// <summary>What every store of plans must keep.</summary>
public abstract class PlanStoreTests
{
    private protected const long At = Fleets.At;

    private protected abstract IPlanStore Open();

    [Fact]
    public void A_plan_comes_back_from_the_store_bit_for_bit()
    {
        StoredPlan plan = StoredPlans.Plan(At, 1.0 / 3, long.MaxValue);
        using (IPlanStore store = Open())
        {
            store.Latest().ShouldBeNull();
            store.Hashes().ShouldBeEmpty();
            store.Recent(3).ShouldBeEmpty();
            store.Add(StoredPlans.Plan(At - Slots.Ms, 2, 1), null);
            store.Add(plan, new RealizedSlot(At - Slots.Ms, 0.1, 0.2, 1e-300));
            store.Add(new RealizedSlot(At, 1, 2, 3));
            store.Add(new RealizedSlot(At, 4, 5, double.MaxValue) { Willing = new WillingSlot(1, 0.25, 1e-9) });
        }
        using IPlanStore again = Open();
        StoredPlan back = again.Latest().ShouldNotBeNull();
        back.View.Horizon.AfterKw.ShouldBe(plan.View.Horizon.AfterKw);
        back.View.JournalPosition.ShouldBe(plan.View.JournalPosition);
        back.View.Prices!.Values.ShouldBe(plan.View.Prices!.Values);
        (back.View with { Horizon = plan.View.Horizon, JournalPosition = plan.View.JournalPosition, Prices = plan.View.Prices }).ShouldBe(plan.View);
        back.WarmPrices.ShouldBe(plan.WarmPrices);
        back.Setpoints[0].Vehicle.ShouldBe([3, 9]);
        back.Setpoints[0].PowerW.ShouldBe([int.MinValue, 7]);
        (back.Setpoints[0].AtMs, back.Setpoints[0].ValidUntilMs, back.Setpoints[0].Shard).ShouldBe((At, At + 5, 2));
        back.VehicleIds[0].ShouldBe(["v-é", "w"]);
        PlanHead head = again.Heads(At, At + 1).ShouldHaveSingleItem();
        (head.View.Id, head.View.ObjectiveKw).ShouldBe((plan.View.Id, plan.View.ObjectiveKw));
        head.WarmPrices.ShouldBe(plan.WarmPrices);
        again.Heads(At - Slots.Ms, At + 1).Select(h => h.View.At.ToUnixTimeMilliseconds()).ShouldBe([At - Slots.Ms, At]);
        again.Heads(At - Slots.Ms, At).Count.ShouldBe(1);
        again.Hashes().ShouldBe([(At - Slots.Ms, "hash"), (At, "hash")]);
        again.Recent(1).ShouldHaveSingleItem().ObjectiveKw.ShouldBe(1.0 / 3);
        again.Recent(9).Select(p => p.At.ToUnixTimeMilliseconds()).ShouldBe([At - Slots.Ms, At]);
        again.Realized(long.MinValue).ShouldBe([new RealizedSlot(At - Slots.Ms, 0.1, 0.2, 1e-300), new RealizedSlot(At, 4, 5, double.MaxValue) { Willing = new WillingSlot(1, 0.25, 1e-9) }]);
        again.Realized(At).Count.ShouldBe(1);
    }

    [Fact]
    public void A_bundle_comes_back_by_its_plan_and_the_same_plans_again_replaces_it()
    {
        BundleView Bundle(int slot, string id, params byte[] bytes) => new(id, DateTimeOffset.FromUnixTimeMilliseconds(At + (slot * Slots.Ms)), "h" + id, bytes);
        using (IPlanStore store = Open())
        {
            store.Bundle(null).ShouldBeNull();
            store.Bundles(5).ShouldBeEmpty();
            store.Add(Bundle(1, "b", 2));
            store.Add(Bundle(0, "a", 1, 1));
            store.Add(Bundle(1, "b", 0, 255, 7));
        }
        using IPlanStore again = Open();
        again.Bundles(5).Select(b => (b.Id, b.Hash, b.Size)).ShouldBe([("a", "ha", 2), ("b", "hb", 3)]);
        again.Bundle(null)!.Bytes.ShouldBe([0, 255, 7]);
        (again.Bundle("a")!.At, again.Bundle("c")).ShouldBe((DateTimeOffset.FromUnixTimeMilliseconds(At), null));
    }

    [Fact]
    public void What_plans_expected_of_an_interval_is_kept_beside_it_whoever_expected_it()
    {
        const int day = Slots.PerDay;
        using (IPlanStore store = Open())
        {
            store.Add(Plan(At, day + 1), null);
            store.Add(Plan(At + ((day - 6) * Slots.Ms), 7), new RealizedSlot(At + ((day - 7) * Slots.Ms), 1, 2, 3));
            // The same plan again, after its interval began: nothing of what is there is lost.
            store.Add(Plan(At, day + 1), null);
            store.Foreseen(At + (7 * Slots.Ms)).ShouldBe([(At + (day * Slots.Ms), new ForeseenSlot(6, day, -6))]);
            store.Add(new RealizedSlot(At + (day * Slots.Ms), 1, 2, 3));
            store.Add(new RealizedSlot(At + (6 * Slots.Ms), 1, 2, 3));
            // From a recording, whose plans stay behind.
            store.Add(new RealizedSlot(At + (2 * day * Slots.Ms), 1, 2, 3) { Foreseen = new ForeseenSlot(1, null, 2) });
        }
        using IPlanStore again = Open();
        again.Realized(long.MinValue).Select(r => r.Foreseen).ShouldBe([new ForeseenSlot(6, null, -6), null, new ForeseenSlot(6, day, -6), new ForeseenSlot(1, null, 2)]);
    }

    private static StoredPlan Plan(long atMs, int slots)
    {
        StoredPlan plan = StoredPlans.Plan(atMs, 2, 1);
        double[] kw = [.. Enumerable.Range(0, slots).Select(t => (double)t)];
        return plan with { View = plan.View with { Horizon = new LoadCurves(DateTimeOffset.FromUnixTimeMilliseconds(atMs), Slots.Minutes, kw, kw, [.. kw.Select(v => -v)]) } };
    }
}
