using Movc.Domain;
using Movc.Domain.Dispatch;
using Movc.RollingOptimizer.Model;
using Movc.VehicleKernel.Bundles;
using Movc.VehicleKernel.Storage;

namespace Movc.RollingOptimizer.Solver.Tests;

public sealed class DispatchSolverTests
{
    private static readonly DispatchSolverOptions Implicit = new() { DenseCells = 0, SampleVehicles = 300, ColdSweeps = 6 };

    [Theory]
    [InlineData(1, 144)]
    [InlineData(10, 30)]
    [InlineData(80, 200)]
    public void Small_fleets_keep_every_rule_and_come_with_a_close_bound(int vehicles, int slots)
    {
        DispatchInstance x = SyntheticFleet.Mixed(vehicles, slots, 21);
        DispatchResult result = Solve(x, new DispatchSolverOptions());
        CheckResult.Consistent(x, result);
        result.Gap.ShouldBeLessThan(1e-3);
    }

    [Fact]
    public void A_fleet_answered_by_prices_alone_keeps_every_rule()
    {
        DispatchInstance x = SyntheticFleet.Mixed(6000, 100, 22);
        DispatchResult result = Solve(x, Implicit);
        CheckResult.Consistent(x, result);
        result.Gap.ShouldBeLessThan(5e-3);
    }

    [Fact]
    public void The_live_case_of_one_stay_each_keeps_every_rule()
    {
        DispatchInstance x = SyntheticFleet.OneStay(6000, 144, 23);
        DispatchResult result = Solve(x, Implicit);
        CheckResult.Consistent(x, result);
        result.Gap.ShouldBeLessThan(1e-2);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(600_000)]
    public void The_plan_is_the_same_to_the_bit_on_one_two_and_eight_threads(int denseCells)
    {
        DispatchInstance x = SyntheticFleet.Mixed(3000, 144, 24) with { PeakWeight = denseCells > 0 ? 0 : .02 };
        DispatchResult one = Solve(x, Implicit with { DenseCells = denseCells, DenseSweeps = 4, Threads = 1 });
        foreach (int threads in new[] { 2, 8 })
        {
            DispatchResult many = Solve(x, Implicit with { DenseCells = denseCells, DenseSweeps = 4, Threads = threads });
            many.ObjectiveKw.ShouldBe(one.ObjectiveKw);
            many.BoundKw.ShouldBe(one.BoundKw);
            many.AfterKw.ShouldBe(one.AfterKw);
            many.Prices.ShouldBe(one.Prices);
            many.WarmPrices.ShouldBe(one.WarmPrices);
            many.FirstSlotPowerW.ShouldBe(one.FirstSlotPowerW);
            double[] a = new double[144], b = new double[144];
            for (int i = 0; i < x.VehicleCount; i += 97)
            {
                one.Schedules.Expand(i, a);
                many.Schedules.Expand(i, b);
                b.ShouldBe(a);
            }
        }
    }

    [Fact]
    public void Any_lawful_prices_bound_the_objective_from_below()
    {
        DispatchInstance x = WithPast(SyntheticFleet.Mixed(60, 60, 25), 20);
        DispatchResult result = Solve(x, new DispatchSolverOptions());
        var days = new DayGroups(x);
        PreparedFleet fleet = PreparedFleet.Prepare(x, 1);
        var random = new SplitMix64(5);
        for (int k = 0; k < 100; k++)
        {
            double[] raw = TinyProblems.Prices(ref random, days.Length);
            PriceLevels levels = PriceLevels.From(raw, days, k % 5 * .05, x.Lambda, fleet.Units);
            CheckResult.LawfulPrices(x, levels.Prices);
            double bound = CheckResult.BoundKw(x, levels.Prices);
            bound.ShouldBeLessThanOrEqualTo(result.ObjectiveKw);
            double byLevels = CertificatePhase.ValueKw(fleet, days, levels, [.. x.PastLoadKw, .. x.LoadKw], [.. Enumerable.Range(0, 60)]) / x.SlotCount;
            byLevels.ShouldBe(bound, 1e-9 * (1 + Math.Abs(bound)));
        }
    }

    [Fact]
    public void Slots_already_gone_count_for_their_days_average()
    {
        DispatchInstance bare = SyntheticFleet.Mixed(60, 120, 26);
        DispatchInstance x = WithPast(bare, 40);
        DispatchResult result = Solve(x, new DispatchSolverOptions());
        CheckResult.Consistent(x, result);
        result.Gap.ShouldBeLessThan(1e-3);
        result.Prices.Length.ShouldBe(160);
        Math.Abs(result.ObjectiveKw - Solve(bare, new DispatchSolverOptions()).ObjectiveKw).ShouldBeGreaterThan(1.0);
    }

    [Fact]
    public void Days_of_uneven_length_are_balanced_each_by_itself()
    {
        DispatchInstance x = With(SyntheticFleet.Mixed(60, 150, 27), [.. Enumerable.Repeat(0, 31), .. Enumerable.Repeat(1, 69), .. Enumerable.Repeat(2, 50)]);
        DispatchResult result = Solve(x, new DispatchSolverOptions());
        CheckResult.Consistent(x, result);
        result.Gap.ShouldBeLessThan(2e-3);
    }

    [Fact]
    public void Warm_prices_do_not_harm()
    {
        DispatchInstance x = SyntheticFleet.Mixed(6000, 100, 28);
        DispatchResult cold = Solve(x, Implicit);
        DispatchResult warm = new DispatchSolver(Implicit with { WarmSweeps = 3 }).Solve(x, 2, cold.WarmPrices, TestContext.Current.CancellationToken);
        warm.Gap.ShouldBeLessThan(5e-3);
        CheckResult.Consistent(x, warm);
    }

    [Theory]
    [InlineData(80, 0)]
    [InlineData(6000, 0)]
    [InlineData(6000, 30)]
    public void A_weighted_peak_is_solved_with_a_certificate_of_its_own(int vehicles, int past)
    {
        // A load so large beside the fleet that not all of it can be made flat.
        DispatchInstance bare = SyntheticFleet.Mixed(vehicles, 144, 29);
        DispatchInstance x = bare with
        {
            LoadKw = [.. bare.LoadKw.Select(kw => 6 * kw)],
            PeakWeight = .05,
            PastLoadKw = [.. Enumerable.Range(0, past).Select(k => 6 * bare.LoadKw[0] * (.8 + (.01 * k)))],
        };
        DispatchSolverOptions options = new() { DenseCells = 20_000 };
        DispatchResult weighted = Solve(x, options), plain = Solve(x with { PeakWeight = 0 }, options);
        CheckResult.Consistent(x, weighted);
        weighted.Gap.ShouldBeLessThan(2e-3);
        weighted.Prices.Max().ShouldBeGreaterThan(1);
        weighted.AfterKw.Max().ShouldBeLessThan(plain.AfterKw.Max());
    }

    [Fact]
    public void Of_plans_with_one_objective_the_flattest_is_taken()
    {
        DispatchInstance x = SyntheticFleet.Mixed(6000, 144, 30);
        DispatchResult flattest = Solve(x, new DispatchSolverOptions()), any = Solve(x, new DispatchSolverOptions { TieBreak = TieBreak.None });
        (flattest.ObjectiveKw / any.ObjectiveKw).ShouldBe(1, 1e-3);
        double Range(DispatchResult r) => r.AfterKw.Max() - r.AfterKw.Min();
        Range(flattest).ShouldBeLessThan(.9 * Range(any));
    }

    [Theory]
    [InlineData(1.0)]
    [InlineData(-.1)]
    [InlineData(double.NaN)]
    public void A_peak_weight_out_of_range_is_refused(double weight) =>
        Should.Throw<InputException>(() => Solve(SyntheticFleet.Mixed(3, 20, 1) with { PeakWeight = weight }, new DispatchSolverOptions())).Message.ShouldContain("peak weight");

    [Fact]
    public void No_vehicle_leaves_the_load_as_it_is_and_proves_it()
    {
        DispatchInstance x = WithPast(SyntheticFleet.Mixed(0, 50, 1), 7);
        DispatchResult result = Solve(x, new DispatchSolverOptions());
        result.Status.ShouldBe(DispatchStatus.Empty);
        result.AfterKw.ShouldBe(x.LoadKw);
        result.BoundKw.ShouldBe(result.ObjectiveKw, 1e-9);
        CheckResult.LawfulPrices(x, result.Prices);
    }

    [Fact]
    public void Needs_out_of_reach_are_lowered_and_listed_with_what_can_be_had()
    {
        // 6 slots at 6 kW store 5,400 Wh; the trip after takes more than there is.
        DispatchInstance x = Single(slots: 12, initialWh: 1000, finalWh: 9000, stays: [(0, 6, 6000, 6000, 8000, 7000), (7, 12, 3000, 0, 0, 0)]);
        DispatchResult result = Solve(x, new DispatchSolverOptions());
        result.Status.ShouldBe(DispatchStatus.Repaired);
        result.Infeasible.Select(v => (v.Reason, v.WantedWh, v.ReachableWh)).ShouldBe([
            ("needed at departure is out of reach", 8000, 6400),
            ("trip takes more than can be stored", 7000, 6400),
            ("final energy is out of reach", 9000, 2250)]);
        CheckResult.Consistent(x, result);
    }

    [Fact]
    public void A_lambda_at_which_burning_energy_pays_is_refused()
    {
        DispatchInstance x = Single(12, 1000, 0, [(0, 6, 6000, 6000, 0, 0)], lambda: .1049);
        Should.Throw<InputException>(() => Solve(x, new DispatchSolverOptions())).Message.ShouldContain("lambda");
    }

    [Fact]
    public void Malformed_stays_are_refused_by_name()
    {
        Refused([(0, 6, 6000, 6000, 0, 0), (5, 9, 6000, 6000, 0, 0)], "starts at slot 5 before the one before ends at 6");
        Refused([(0, 13, 6000, 6000, 0, 0)], "outside [0, 12)");
        Refused([(4, 4, 6000, 6000, 0, 0)], "is empty");
        Refused([(0, 6, -1, 6000, 0, 0)], "negative");
    }

    [Fact]
    public void Columns_of_the_wrong_length_are_refused()
    {
        DispatchInstance x = SyntheticFleet.Mixed(3, 20, 1);
        Should.Throw<ArgumentException>(() => Solve(With(x, [0]), new DispatchSolverOptions())).Message.ShouldContain("DayOfSlot");
        Should.Throw<ArgumentException>(() => new DispatchSolver().Solve(x, 1, [0.0], TestContext.Current.CancellationToken)).Message.ShouldContain("warm");
    }

    [Fact]
    public void The_unit_of_energy_is_exact_at_the_models_efficiency_and_slot()
    {
        Units(.9, 84_000).ShouldBe(new EnergyUnits(540, 81, 100));
        EnergyUnits odd = Units(.8731, 84_000)!.Value;
        ((double)odd.PerChargeWatt / odd.PerWh).ShouldBeInRange(.8731 / 6 * (1 - 1e-5), .8731 / 6);
        ((double)odd.PerDischargeWatt / odd.PerWh).ShouldBeInRange(1 / .8731 / 6, 1 / .8731 / 6 * (1 + 1e-5));
        Units(.9, int.MaxValue).ShouldBeNull();
        DispatchInstance x = SyntheticFleet.Mixed(3, 144, 1);
        x.CapacityWh[1] = int.MaxValue;
        Should.Throw<InputException>(() => PreparedFleet.Prepare(x, 1)).Message.ShouldContain("too large for one vehicle");
        static EnergyUnits? Units(double efficiency, int capacityWh) =>
            EnergyUnits.TryChoose(efficiency, 1 / 6.0, capacityWh, 60_000, 60_000, out EnergyUnits units) ? units : null;
    }

    private static void Refused((int, int, int, int, int, int)[] stays, string because) =>
        Should.Throw<InputException>(() => Solve(Single(12, 1000, 0, stays), new DispatchSolverOptions())).Message.ShouldContain(because);

    private static DispatchResult Solve(DispatchInstance x, DispatchSolverOptions options) =>
        new DispatchSolver(options).Solve(x, 1, null, TestContext.Current.CancellationToken);

    private static DispatchInstance WithPast(DispatchInstance x, int past) =>
        x with { PastLoadKw = [.. Enumerable.Range(0, past).Select(k => x.LoadKw[0] * (.8 + .01 * k))] };

    private static DispatchInstance With(DispatchInstance x, int[] dayOfSlot) => x with { DayOfSlot = dayOfSlot };

    private static DispatchInstance Single(
        int slots, int initialWh, int finalWh, (int Start, int End, int ChargeW, int DischargeW, int NeedWh, int TripWh)[] stays, double lambda = .15) => new()
        {
            CapacityWh = [50_000],
            InitialWh = [initialWh],
            FinalMinWh = [finalWh],
            StayOffset = [0, stays.Length],
            StartSlot = [.. stays.Select(s => s.Start)],
            EndSlot = [.. stays.Select(s => s.End)],
            MaxChargeW = [.. stays.Select(s => s.ChargeW)],
            MaxDischargeW = [.. stays.Select(s => s.DischargeW)],
            NeededAtDepartureWh = [.. stays.Select(s => s.NeedWh)],
            TripWhAfter = [.. stays.Select(s => s.TripWh)],
            LoadKw = [.. Enumerable.Range(0, slots).Select(t => 30.0 + t % 5)],
            BaselineEvKw = new double[slots],
            DayOfSlot = new int[slots],
            Lambda = lambda,
        };
}
