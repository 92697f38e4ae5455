using Movc.Domain.Charging;
using Movc.Domain.Dispatch;
using Movc.Domain.Fleet;
using Movc.Domain.Time;
using Movc.RollingOptimizer.Horizon;

namespace Movc.RollingOptimizer.Tests.Horizon;

public sealed class SetpointSelectorTests
{
    private const long At = Fleets.At;
    private const long Leaves = At + (50 * Slots.Ms);

    [Fact]
    public void Only_what_differs_from_what_stands_or_ends_too_soon_goes_out()
    {
        (string Why, Fleets.Vehicle Vehicle, int? Planned, int? Sent)[] cases =
        [
            ("charges anyway", Free(standing: 7_000), 7_000, null),
            ("is to wait", Free(standing: 7_000), 0, 0),
            ("stands as planned", Set(-3_000, 2), -3_000, null),
            ("stands differently", Set(-3_000, 2), -3_001, -3_001),
            ("ends with the interval", Set(2_000, 1), 2_000, null),
            ("ends within the interval", Set(2_000, 1) with { SetpointUntilMs = At + Slots.Ms - 1 }, 2_000, 2_000),
            ("is full and is to stay so", Free(standing: 0) with { EnergyWh = 60_000 }, 0, null),
            ("took part, no longer does", Set(-3_000, 2) with { DepartureMs = 0 }, null, 7_000),
            ("took part at full power", Set(7_000, 2) with { DepartureMs = 0 }, null, null),
            ("took part and is full", Set(0, 2) with { DepartureMs = 0, EnergyWh = 60_000 }, null, null),
            ("was set to wait, no longer takes part", Set(0, 2) with { DepartureMs = 0 }, null, 7_000),
            // Six minutes are left: 9 kW would be needed for the 810 Wh that Charge Only has stored by then.
            ("leaves within the interval and lacks energy", Set(-3_000, 2) with { DepartureMs = At + 360_000, ChargeOnlyWh = 30_180 }, null, 7_000),
            ("leaves within the interval and lacks a little", Set(-3_000, 2) with { DepartureMs = At + 360_000, UnmanagedW = 0, ChargeOnlyWh = 30_270 }, null, 3_000),
            ("leaves within the interval and has what it needs", Set(-3_000, 2) with { DepartureMs = At + 360_000, UnmanagedW = 0 }, null, 0),
            ("only stands by, no longer takes part", Set(-3_000, 2) with { DepartureMs = 0, UnmanagedW = 0 }, null, 0),
            ("waits for cheap hours and is to charge now", Free(standing: 7_000) with { Start = UnmanagedStart.Cheapest }, 7_000, 7_000),
            ("waits for cheap hours and is to go on waiting", Free(standing: 0) with { Start = UnmanagedStart.Cheapest }, 0, null),
            ("never took part", Free(standing: 7_000) with { Consent = V2gStrategy.ChargeOnly }, null, null),
        ];
        // In two shards, so that rows are counted anew.
        FleetSnapshot fleet = Fleets.Of(At, [.. cases.Take(5).Select(c => c.Vehicle)], [.. cases.Skip(5).Select(c => c.Vehicle)]);
        HorizonProblem problem = Fleets.Build(fleet, 12, []);
        int[] planned = [.. cases.Where(c => c.Planned is not null).Select(c => c.Planned!.Value)];
        planned.Length.ShouldBe(problem.Instance.VehicleCount);
        SetpointBatch[] batches = SetpointSelector.Select(fleet, problem, FakeSolver.Result(problem.Instance, planned), UnmanagedCharging.AtOnce, Fleets.PresentStays);
        batches.Select(b => (b.Shard, b.AtMs, b.ValidUntilMs)).ShouldBe([(0, At, At + (3 * Slots.Ms)), (1, At, At + (3 * Slots.Ms))]);
        for (int n = 0; n < cases.Length; n++)
        {
            SetpointBatch batch = batches[n < 5 ? 0 : 1];
            int place = Array.IndexOf(batch.Vehicle, (n < 5 ? n : n - 5) * 2);
            (place < 0 ? (int?)null : batch.PowerW[place]).ShouldBe(cases[n].Sent, cases[n].Why);
        }
        batches.Sum(b => b.Count).ShouldBe(cases.Count(c => c.Sent is not null));
    }

    [Fact]
    public void A_shard_without_changes_gets_an_empty_batch()
    {
        FleetSnapshot fleet = Fleets.Of(At, [[], [Free(7_000)]]);
        HorizonProblem problem = Fleets.Build(fleet, 12, []);
        SetpointSelector.Select(fleet, problem, FakeSolver.Result(problem.Instance, [7_000]), UnmanagedCharging.AtOnce, Fleets.PresentStays).Select(b => b.Count).ShouldBe([0, 0]);
    }

    private static Fleets.Vehicle Free(int standing) => new(60_000, 30_000, 7_000, Leaves, StandingW: standing, MaxDischargeW: 7_000);

    private static Fleets.Vehicle Set(int standing, int untilSlots) => Free(standing) with { SetpointUntilMs = At + (untilSlots * Slots.Ms) };
}
