using Movc.Domain.Dispatch;

namespace Movc.Audit.Tests;

public sealed class CertificateTests
{
    [Fact]
    public void Prices_that_sum_to_a_thousandth_in_one_day_are_found()
    {
        TestPlan plan = Plan();
        plan.Prices[^1] += .001;
        AuditReport report = plan.Audit();
        AuditFinding finding = report.Findings.ShouldHaveSingleItem();
        finding.Kind.ShouldBe(AuditFindingKind.PriceDayUnbalanced);
        finding.Message.ShouldContain("day 1");
        report.BoundChecked.ShouldBeFalse();
        report.NotChecked.ShouldHaveSingleItem().ShouldContain("prove nothing");
    }

    [Fact]
    public void Prices_of_slots_already_gone_belong_to_the_first_day()
    {
        TestPlan plan = Plan();
        plan.Prices[0] += .2;
        plan.Prices[7] -= .2;
        plan.Prove();
        plan.Audit().Findings.ShouldBeEmpty();
        plan.Prices[7] += .2;
        plan.Prices[^3] -= .2;
        plan.Audit().FindingCount.ShouldBe(2);
    }

    [Theory]
    [InlineData(1.00001)]
    [InlineData(-1.00001)]
    [InlineData(double.NaN)]
    public void A_price_outside_its_range_is_found(double price)
    {
        TestPlan plan = Plan();
        Array.Clear(plan.Prices);
        plan.Prices[0] = price;
        for (int k = 1; k <= 4; k++) plan.Prices[k] = -price / 4;
        AuditReport report = plan.Audit();
        report.Findings[0].Kind.ShouldBe(AuditFindingKind.PriceOutOfRange);
        report.Findings.ShouldAllBe(f => f.Kind == AuditFindingKind.PriceOutOfRange);
        report.BoundChecked.ShouldBeFalse();
    }

    [Fact]
    public void A_price_vector_of_the_wrong_length_is_found()
    {
        TestPlan plan = Plan();
        plan.Prices = plan.Prices[plan.Instance.PastLoadKw.Length..];
        plan.Kinds().ShouldBe([AuditFindingKind.WrongLength]);
    }

    [Fact]
    public void The_certificate_of_another_instance_is_found()
    {
        TestPlan plan = Plan(), other = TestPlan.ChargeOnly(TestFleet.Mixed(20, 8));
        (plan.Prices, plan.BoundKw) = (other.Prices, other.BoundKw);
        plan.Kinds().Single().ShouldBeOneOf(AuditFindingKind.BoundNotProved, AuditFindingKind.BoundNotOfPrices);
    }

    [Theory]
    [InlineData(1e-4, AuditFindingKind.BoundNotProved)]
    [InlineData(-1e-4, AuditFindingKind.BoundNotOfPrices)]
    public void A_bound_that_its_prices_do_not_prove_is_found(double relative, AuditFindingKind kind)
    {
        TestPlan plan = Plan();
        plan.BoundKw += Math.Abs(plan.BoundKw) * relative;
        plan.Kinds().ShouldBe([kind]);
    }

    [Fact]
    public void Prices_over_1_are_lawful_within_the_peaks_worth_and_found_beyond_it()
    {
        TestPlan plan = PeakPlan(out int highest, out int[] others);
        plan.Audit().Findings.ShouldBeEmpty();
        Shift(plan, highest, others, .001);
        AuditFinding finding = plan.Audit().Findings.ShouldHaveSingleItem();
        finding.Kind.ShouldBe(AuditFindingKind.PricePeakBudget);
        finding.Message.ShouldContain("day 1");
    }

    [Fact]
    public void Prices_of_a_weighted_peak_prove_nothing_for_an_objective_without_one()
    {
        TestPlan plan = PeakPlan(out _, out _);
        plan.Instance = plan.Instance with { PeakWeight = 0 };
        plan.FollowSchedules();
        AuditReport report = plan.Audit();
        report.BoundChecked.ShouldBeFalse();
        report.Findings.ShouldAllBe(f => f.Kind == AuditFindingKind.PriceOutOfRange);
        report.FindingCount.ShouldBe(1);
    }

    [Fact]
    public void An_objective_that_forgets_the_peak_is_found()
    {
        TestPlan plan = PeakPlan(out _, out _);
        plan.ObjectiveKw = TestFleet.ObjectiveKw(plan.Instance with { PeakWeight = 0 }, plan.Schedules);
        plan.Kinds().ShouldContain(AuditFindingKind.ObjectiveDiffers);
    }

    [Fact]
    public void A_level_among_many_equal_loads_is_found_whatever_rounding_does()
    {
        var random = new Random(3);
        for (int k = 0; k < 200; k++)
        {
            // Two plateaus whose loads differ by rounding alone; the level is the upper one by a hair.
            double low = 20 + random.NextDouble(), high = 22 + random.NextDouble();
            double[] exact = [.. Enumerable.Repeat(low, 71), .. Enumerable.Repeat(high, 73)];
            double[] load = Array.ConvertAll(exact, kw => kw * (1 + (random.Next(50) * 2.3e-16)));
            DispatchInstance x = new TestFleet.Columns().Build(load, new int[144], []);
            var plan = new TestPlan(x, [], new double[144]) { ObjectiveKw = 71 * (high - low) / 144 };
            plan.Kinds().ShouldNotContain(AuditFindingKind.ObjectiveDiffers);
        }
    }

    [Theory]
    [InlineData(1.0)]
    [InlineData(-.1)]
    [InlineData(double.NaN)]
    public void A_peak_weight_out_of_range_is_refused(double weight)
    {
        TestPlan plan = Plan();
        plan.Instance = plan.Instance with { PeakWeight = weight };
        Should.Throw<ArgumentException>(() => plan.Audit()).Message.ShouldContain("peak weight");
    }

    [Fact]
    public void With_a_weighted_peak_the_bound_lies_under_every_feasible_plan_too()
    {
        for (int seed = 0; seed < 40; seed++)
        {
            DispatchInstance x = TestFleet.Mixed(1 + (seed % 9), seed) with { PeakWeight = .02 * (1 + (seed % 5)) };
            TestPlan plan = TestPlan.ChargeOnly(x, .9);
            Shift(plan, HighestOfLastDay(x), OthersOfLastDay(x), .1 + (x.PeakWeight * 18 * .9));
            plan.Prove();
            plan.BoundKw.ShouldBeLessThanOrEqualTo(plan.ObjectiveKw, $"seed {seed}");
            plan.Audit().Findings.ShouldBeEmpty($"seed {seed}");
        }
    }

    /// <summary>A right plan of a weighted peak: the highest slot of the last day takes all that its peak is worth.</summary>
    private static TestPlan PeakPlan(out int highest, out int[] others)
    {
        DispatchInstance x = TestFleet.Mixed(20, 7) with { PeakWeight = .1 };
        TestPlan plan = TestPlan.ChargeOnly(x, .5);
        (highest, others) = (HighestOfLastDay(x), OthersOfLastDay(x));
        Shift(plan, highest, others, .5 + (.1 * 18));
        plan.Prove();
        return plan;
    }

    private static int HighestOfLastDay(DispatchInstance x) =>
        x.PastLoadKw.Length + Enumerable.Range(0, x.SlotCount).Where(t => x.DayOfSlot[t] == 1).MaxBy(t => x.LoadKw[t]);

    private static int[] OthersOfLastDay(DispatchInstance x)
    {
        int highest = HighestOfLastDay(x) - x.PastLoadKw.Length;
        // Those in the middle, whose prices have room.
        return [.. Enumerable.Range(0, x.SlotCount).Where(t => x.DayOfSlot[t] == 1 && t != highest).OrderBy(t => x.LoadKw[t]).Skip(6).Take(6).Select(t => t + x.PastLoadKw.Length)];
    }

    private static void Shift(TestPlan plan, int up, int[] down, double by)
    {
        plan.Prices[up] += by;
        foreach (int k in down) plan.Prices[k] -= by / down.Length;
    }

    [Fact]
    public void The_bound_lies_under_the_objective_of_every_feasible_plan_for_any_prices()
    {
        for (int seed = 0; seed < 60; seed++)
        {
            DispatchInstance x = TestFleet.Mixed(1 + (seed % 9), seed);
            AuditReport report = TestPlan.ChargeOnly(x, seed / 60.0).Audit();
            report.Findings.ShouldBeEmpty();
            report.BoundKw!.Value.ShouldBeLessThan(report.ObjectiveKw!.Value);
        }
    }

    /// <summary>Worked by hand: over the median, 10 and 4 kW become 9 and 4 + 1/.81 kW; at prices ±1 the bound meets the objective.</summary>
    [Theory]
    [InlineData(1.0)]
    [InlineData(0.9)]
    public void On_an_optimum_worked_by_hand_bound_and_objective_meet(double efficiency)
    {
        var columns = new TestFleet.Columns();
        columns.CapacityWh.Add(5_000);
        columns.InitialWh.Add(5_000);
        columns.FinalMinWh.Add(5_000);
        columns.Stay(0, 2, 7_000, 1_000, 0, 0);
        columns.StayOffset.Add(1);
        // A slot already gone stands at the median: it takes part in the day and costs nothing.
        DispatchInstance x = columns.Build([10, 4], [0, 0], [7], efficiency);
        double backKw = 1 / (efficiency * efficiency);
        var plan = new TestPlan(x, [[-1, backKw]], [0, 1, -1]);
        double objectiveKw = ((10 - 1) - (4 + backKw) + (.15 * (1 + backKw))) / 2;
        plan.ObjectiveKw.ShouldBe(objectiveKw, 1e-12);
        plan.BoundKw = objectiveKw;
        AuditReport report = plan.Audit();
        report.Findings.ShouldBeEmpty();
        report.BoundKw!.Value.ShouldBe(objectiveKw, 1e-12);
        report.Gap!.Value.ShouldBe(0, 1e-12);
    }

    /// <summary>
    /// The storage problem against plain dynamic programming on a grid of energies. With η = .9 and powers of 90 grid steps a
    /// slot, charging moves 81 steps and discharging 100; all data being whole steps, the least cost is attained on the grid.
    /// </summary>
    [Fact]
    public void One_vehicles_least_cost_equals_dynamic_programming_on_a_grid()
    {
        var random = new Random(4711);
        for (int round = 0; round < 200; round++)
        {
            int slots = random.Next(2, 10), capacity = random.Next(150, 400), first = random.Next(0, 3);
            var columns = new TestFleet.Columns();
            int leaves = Math.Min(slots, first + random.Next(1, slots)), back = Math.Min(slots, leaves + 1);
            int initial = random.Next(60, capacity), trip = random.Next(0, 60), charge = 90 * random.Next(0, 3), discharge = 90 * random.Next(0, 3);
            double reach = Math.Min(capacity, initial + (.9 * charge * (leaves - Math.Min(first, leaves))));
            int need = random.Next(trip, (int)reach + 1);
            columns.CapacityWh.Add(capacity);
            columns.InitialWh.Add(initial);
            columns.Stay(Math.Min(first, leaves), leaves, charge, discharge, need, trip);
            columns.Stay(back, slots, charge, discharge, 0, 0);
            columns.FinalMinWh.Add(random.Next(0, (int)Math.Min(capacity, reach - trip + (.9 * charge * (slots - back))) + 1));
            columns.StayOffset.Add(2);
            double[] prices = new double[slots];
            for (int t = 0; t + 1 < slots; t += 2) prices[t] = -(prices[t + 1] = Math.Round((2 * random.NextDouble()) - 1, round % 2 == 0 ? 1 : 9));
            DispatchInstance x = columns.Build(new double[slots], new int[slots], [], slotHours: 1);
            var plan = new TestPlan(x, [new double[slots]], prices);
            double least = plan.Audit().BoundKw!.Value * slots;
            least.ShouldBe(GridLeastCost(x, prices), 1e-9, $"round {round}");
        }
    }

    private static double GridLeastCost(DispatchInstance x, double[] prices)
    {
        int capacity = x.CapacityWh[0];
        double[] cost = Enumerable.Repeat(double.PositiveInfinity, capacity + 1).ToArray();
        cost[x.InitialWh[0]] = 0;
        for (int t = 0; t <= x.SlotCount; t++)
        {
            for (int s = 0; s < 2; s++)
            {
                if (x.EndSlot[s] != t || (s == 1 && x.StartSlot[s] == x.EndSlot[s])) continue;
                double[] after = Enumerable.Repeat(double.PositiveInfinity, capacity + 1).ToArray();
                for (int e = Math.Max(x.NeededAtDepartureWh[s], x.TripWhAfter[s]); e <= capacity; e++) after[e - x.TripWhAfter[s]] = cost[e];
                cost = after;
            }
            if (t == x.SlotCount) break;
            int stay = t >= x.StartSlot[1] ? 1 : t >= x.StartSlot[0] && t < x.EndSlot[0] ? 0 : -1;
            if (stay < 0) continue;
            int up = x.MaxChargeW[stay] / 90 * 81, down = x.MaxDischargeW[stay] / 90 * 100;
            double[] next = Enumerable.Repeat(double.PositiveInfinity, capacity + 1).ToArray();
            for (int from = 0; from <= capacity; from++)
            {
                if (double.IsPositiveInfinity(cost[from])) continue;
                for (int to = Math.Max(0, from - down); to <= Math.Min(capacity, from + up); to++)
                {
                    double powerKw = to > from ? (to - from) / .9 / 1000 : (to - from) * .9 / 1000;
                    next[to] = Math.Min(next[to], cost[from] + (prices[t] * powerKw) + (x.Lambda * Math.Abs(powerKw)));
                }
            }
            cost = next;
        }
        return cost.Skip(x.FinalMinWh[0]).Min();
    }

    private static TestPlan Plan() => TestPlan.ChargeOnly(TestFleet.Mixed(20, 7));
}
