using Movc.Domain.Dispatch;
using Movc.RollingOptimizer.Exact;
using Movc.RollingOptimizer.Exact.Tests;
using Movc.RollingOptimizer.Model;
using Movc.RollingOptimizer.Solver;
using Movc.RollingOptimizer.Solver.Tests;
using Movc.VehicleKernel.Bundles;
using Movc.VehicleKernel.Storage;
using Movc.VehicleKernel.Vehicles;

namespace Movc.RollingOptimizer.Bundles.Tests;

public sealed class PlanBundlesTests
{
    [Theory]
    [InlineData(FleetProfile.Mixed, 3_000, 0)]
    [InlineData(FleetProfile.Mixed, 3_000, 200)]
    [InlineData(FleetProfile.Commuters, 1_203, 64)]
    [InlineData(FleetProfile.Quick, 1_000, 10)]
    [InlineData(FleetProfile.Clustered, 1_000, 0)]
    [InlineData(FleetProfile.Hostile, 1_001, 100)]
    public void Every_schedule_and_setpoint_comes_out_of_the_published_bytes_as_it_was_planned(FleetProfile profile, int vehicles, int tail)
    {
        DispatchInstance x = SyntheticFleet.Create(profile, vehicles, 144, 4);
        AllTheSame(x, Solve(x, 9, tail), 9);
    }

    [Fact]
    public void A_live_horizon_with_slots_gone_and_a_small_fleet_kept_as_numbers_are_published_too()
    {
        DispatchInstance live = SyntheticFleet.OneStay(2_500, 144, 5);
        live = live with { PastLoadKw = [.. live.LoadKw.Take(40).Select(kw => 1.1 * kw)], PeakWeight = .05 };
        AllTheSame(live, Solve(live, 3, 50), 3);
        DispatchInstance small = SyntheticFleet.Mixed(57, 144, 5);
        DispatchResult numbers = new DispatchSolver().Solve(small, 3, null, TestContext.Current.CancellationToken);
        numbers.Schedules.ShouldBeOfType<DenseSchedules>();
        AllTheSame(small, numbers, 3);
        DispatchInstance empty = SyntheticFleet.Mixed(0, 144, 5);
        AllTheSame(empty, new DispatchSolver().Solve(empty, 3, null, TestContext.Current.CancellationToken), 3);
    }

    [Fact]
    public void The_union_of_what_aggregators_derive_from_their_own_vehicles_is_the_plan()
    {
        DispatchInstance x = Unreachable(SyntheticFleet.Mixed(2_000, 144, 6));
        DispatchResult result = Solve(x, 5, 150);
        byte[] published = BundleCodec.Encode(PlanBundles.Of(x, result, 5, 1, "p", Digest.None), out _);
        var random = new SplitMix64(3);
        int[] owner = [.. Enumerable.Range(0, x.VehicleCount).Select(_ => random.NextInt(7))];
        var setpointW = new int[x.VehicleCount];
        UInt128 sum = 0;
        int lowered = 0;
        for (int aggregator = 0; aggregator < 7; aggregator++)
        {
            // Each reads the bundle by itself, and its own vehicles, in an order of its own.
            PlanBundle plan = BundleCodec.Decode(published, out _);
            var mine = new PlannedVehicles(plan, new PlanLookup(plan));
            var gained = new int[plan.Slots];
            for (int i = x.VehicleCount - 1; i >= 0; i--)
            {
                if (owner[i] != aggregator) continue;
                setpointW[i] = mine.Solve(i, Battery(x, i), Stays(x, i), gained);
                lowered += mine.Lowered ? 1 : 0;
            }
            sum = ScheduleHash.Combine(sum, mine.Sum);
        }
        setpointW.ShouldBe(result.FirstSlotPowerW);
        sum.ShouldBe(BundleCodec.Decode(published, out _).ScheduleSum);
        lowered.ShouldBe(result.Infeasible.Select(v => v.Vehicle).Distinct().Count());
        lowered.ShouldBeGreaterThan(0);
    }

    [Fact]
    public void An_aggregators_schedule_is_as_cheap_as_a_dynamic_program_over_every_whole_unit_of_energy()
    {
        var random = new SplitMix64(21);
        for (int k = 0; k < 40; k++)
        {
            DispatchInstance x = TinyProblems.Draw(ref random);
            PreparedFleet fleet = PreparedFleet.Prepare(x, 1);
            double[] prices = TinyProblems.Prices(ref random, fleet.Slots);
            var gained = new int[fleet.Slots];
            new VehicleSolver(fleet.Units, fleet.Slots).Solve(PriceRanks.OfPrices(prices, x.Lambda, fleet.Units), Battery(x, 0), Stays(x, 0), gained);
            double cost = 0;
            for (int t = 0; t < gained.Length; t++)
                cost += gained[t] > 0 ? (prices[t] + x.Lambda) * gained[t] / fleet.Units.PerChargeWatt : (prices[t] - x.Lambda) * gained[t] / fleet.Units.PerDischargeWatt;
            double wanted = EveryPath.CheapestW(fleet, prices);
            cost.ShouldBe(wanted, 1e-9 * (1 + Math.Abs(wanted)));
        }
    }

    [Fact]
    public void A_published_plan_stands_where_the_exact_reference_puts_it()
    {
        ExactSolverTests.NeedsClp();
        for (ulong seed = 1; seed <= 30; seed++)
        {
            DispatchInstance x = SmallInstances.Draw(seed);
            DispatchResult exact = new ExactSolver().Solve(x, 1, null, TestContext.Current.CancellationToken);
            DispatchResult solved = new DispatchSolver().Solve(x, seed, null, TestContext.Current.CancellationToken);
            PlanBundle plan = BundleCodec.Decode(BundleCodec.Encode(PlanBundles.Of(x, solved, seed, 0, "p", Digest.None), out _), out _);
            var again = new BundlePlan(plan, x);
            var setpointW = new int[x.VehicleCount];
            again.ScheduleSum(setpointW, null, TestContext.Current.CancellationToken).ShouldBe(plan.ScheduleSum);
            CheckResult.Consistent(x, again.ToResult(setpointW));
            double slack = 1e-6 * Math.Max(1, exact.ObjectiveKw);
            plan.ObjectiveKw.ShouldBeGreaterThan(exact.ObjectiveKw - slack, $"seed {seed}");
            plan.BoundKw.ShouldBeLessThan(exact.ObjectiveKw + slack, $"seed {seed}");
        }
    }

    [Fact]
    public void A_bundle_is_a_pure_function_on_any_number_of_threads()
    {
        DispatchInstance x = SyntheticFleet.Mixed(2_000, 96, 6);
        byte[] Bytes(int threads) => BundleCodec.Encode(PlanBundles.Of(x, Solve(x, 5, 64, threads), 5, 17, "p", Digest.Parse(new string('a', 64))), out _);
        Bytes(1).ShouldBe(Bytes(3));
        Bytes(1).ShouldBe(Bytes(1));
    }

    [Fact]
    public void Another_seed_another_instance_and_a_plan_of_another_solver_are_refused()
    {
        DispatchInstance x = SyntheticFleet.Mixed(2_000, 96, 6);
        DispatchResult result = Solve(x, 5, 64);
        Should.Throw<ArgumentException>(() => PlanBundles.Of(x, result, 6, 0, "p", Digest.None)).Message.ShouldContain("seed");
        Should.Throw<ArgumentException>(() => PlanBundles.Of(x with { }, result, 5, 0, "p", Digest.None)).Message.ShouldContain("another instance");
        result.FirstSlotPowerW[1_234]++;
        Should.Throw<ArgumentException>(() => PlanBundles.Of(x, result, 5, 0, "p", Digest.None)).Message.ShouldContain("setpoints");
    }

    [Theory]
    [InlineData(true, 25_000)]
    [InlineData(false, 75_000)]
    public void A_compact_plan_of_half_a_million_vehicles_is_kilobytes_at_a_gap_of_half_a_thousandth(bool live, int bytes)
    {
        DispatchInstance x = live ? SyntheticFleet.OneStay(480_000, 144, 1) : SyntheticFleet.Mixed(480_000, 144, 1);
        DispatchResult result = new DispatchSolver(new DispatchSolverOptions().ToCompact()).Solve(x, 1, null, TestContext.Current.CancellationToken);
        result.Gap.ShouldBeLessThan(5e-4);
        BundleCodec.Encode(PlanBundles.Of(x, result, 1, 0, "p", Digest.None), out _).Length.ShouldBeLessThan(bytes);
    }

    [Fact]
    public void The_hash_of_an_instance_is_what_it_was_before_ids_were_hashed_many_at_a_time()
    {
        DispatchInstance x = SyntheticFleet.Mixed(20_000, 12, 6);
        string byIndex = InstanceHash.Of(x);
        InstanceHash.Of(x with { VehicleIds = [.. Enumerable.Range(0, 20_000).Select(i => $"{i}")] }).ShouldBe(byIndex);
        string renamed = InstanceHash.Of(x with { VehicleIds = [.. Enumerable.Range(0, 20_000).Select(i => i == 9 ? "10" : $"{i}")] });
        string.Equals(renamed, byIndex, StringComparison.Ordinal).ShouldBeFalse();
        InstanceHash.Of(SyntheticFleet.Mixed(3, 12, 6) with { VehicleIds = ["ä", new string('x', 100_000), "c"] }).ShouldBe("8491788cbdcff8fc9e225b374d7aac5d30fcb2bfe055f5e90651a06bdf4f86d9");
        InstanceHash.Of(SyntheticFleet.Mixed(300, 12, 6)).ShouldBe("205a7de78fe96c012878f55281c64857d9b4284da8d13fa3872e3860022980a7");
    }

    private static DispatchResult Solve(DispatchInstance x, ulong seed, int tail, int threads = 0) =>
        new DispatchSolver(new DispatchSolverOptions { DenseCells = 0, ColdSweeps = 4, TailVehicles = tail, Threads = threads }).Solve(x, seed, null, TestContext.Current.CancellationToken);

    private static void AllTheSame(DispatchInstance x, DispatchResult result, ulong seed)
    {
        PlanBundle made = PlanBundles.Of(x, result, seed, 42, "plan", Digest.None);
        PlanBundle plan = BundleCodec.Decode(BundleCodec.Encode(made, out _), out _);
        plan.SnapshotHash.ToString().ShouldBe(InstanceHash.Of(x));
        var again = new BundlePlan(plan, x);
        var mine = new PlannedVehicles(plan, new PlanLookup(plan));
        double[] was = new double[x.SlotCount], now = new double[x.SlotCount], own = new double[x.SlotCount];
        var gained = new int[x.SlotCount];
        for (int i = 0; i < x.VehicleCount; i++)
        {
            result.Schedules.Expand(i, was);
            again.Expand(i, now);
            now.ShouldBe(was);
            mine.Solve(i, Battery(x, i), Stays(x, i), gained).ShouldBe(result.FirstSlotPowerW[i]);
            for (int t = 0; t < own.Length; t++) own[t] = plan.Units.PowerKw(gained[t]);
            own.ShouldBe(was);
        }
        mine.Sum.ShouldBe(plan.ScheduleSum);
        var setpointW = new int[x.VehicleCount];
        again.ScheduleSum(setpointW, null, TestContext.Current.CancellationToken).ShouldBe(plan.ScheduleSum);
        setpointW.ShouldBe(result.FirstSlotPowerW);
        again.Infeasible.ShouldBe(result.Infeasible);
    }

    /// <summary>Some vehicles need more than they can have.</summary>
    private static DispatchInstance Unreachable(DispatchInstance x)
    {
        for (int i = 0; i < x.VehicleCount; i += 97) x.FinalMinWh[i] = x.CapacityWh[i];
        return x;
    }

    private static Vehicle Battery(DispatchInstance x, int i) => new(x.CapacityWh[i], x.InitialWh[i], x.FinalMinWh[i]);

    private static VehicleStay[] Stays(DispatchInstance x, int i) =>
        [.. Enumerable.Range(x.StayOffset[i], x.StayOffset[i + 1] - x.StayOffset[i]).Select(s =>
            new VehicleStay(x.StartSlot[s], x.EndSlot[s], x.MaxChargeW[s], x.MaxDischargeW[s], x.NeededAtDepartureWh[s], x.TripWhAfter[s]))];
}
