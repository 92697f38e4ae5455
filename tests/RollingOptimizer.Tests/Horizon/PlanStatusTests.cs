using Movc.Domain.Dispatch;
using Movc.Domain.Fleet;
using Movc.Domain.Queries;
using Movc.Domain.Time;
using Movc.RollingOptimizer.Horizon;

namespace Movc.RollingOptimizer.Tests.Horizon;

public sealed class PlanStatusTests
{
    private static readonly AuditView Clean = new(1, 1, 0, string.Empty);
    private static readonly FleetSnapshot Fleet = Fleets.Of(Fleets.At, [new Fleets.Vehicle(60_000, 30_000, 7_000, Fleets.At + (40 * Slots.Ms))]);

    [Fact]
    public void A_plan_that_is_late_or_leaves_vehicles_out_says_that_it_is_degraded_and_every_cause()
    {
        DispatchResult result = FakeSolver.Result(Fleets.Build(Fleet, 12, []).Instance, [0]);
        PlanStatus.Of(Fleet, result, Clean, 1, TimeSpan.FromSeconds(4), TimeSpan.FromSeconds(5), []).ShouldBe(new PlanStatus("solved", string.Empty));
        PlanStatus.Of(Fleet, result, Clean, 1, TimeSpan.FromSeconds(4), null, []).Name.ShouldBe("solved");
        PlanStatus late = PlanStatus.Of(Fleet, result, Clean, 1, TimeSpan.FromSeconds(6), TimeSpan.FromSeconds(5), ["district Nanshan is held by me: why"]);
        late.ShouldBe(new PlanStatus("degraded", "late: it took 6.0 s, 5.0 s were allowed; district Nanshan is held by me: why"));
        // The gravest names it, none of the causes is left out.
        PlanStatus loose = PlanStatus.Of(Fleet, result, Clean, -1, TimeSpan.Zero, null, ["why"]);
        (loose.Name, loose.Cause.Contains("certified gap", StringComparison.Ordinal)).ShouldBe(("degraded", true));
        PlanStatus.Of(Fleet, result, new AuditView(1, 1, 2, "over capacity"), 1, TimeSpan.Zero, null, ["why"]).ShouldBe(new PlanStatus("audit-failed", "2 findings, the first: over capacity; why"));
    }
}
