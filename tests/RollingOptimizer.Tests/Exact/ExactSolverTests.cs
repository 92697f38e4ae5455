using Movc.Domain;
using Movc.Domain.Dispatch;
using Movc.RollingOptimizer.Model;
using Movc.RollingOptimizer.Solver;
using Movc.RollingOptimizer.Solver.Tests;

namespace Movc.RollingOptimizer.Exact.Tests;

public sealed class ExactSolverTests
{
    [Theory]
    [InlineData("mixed-200x144", 410.48166)]
    [InlineData("clustered-200x144", 410.25263)]
    [InlineData("hostile-200x144", 416.22376)]
    [InlineData("mixed-50x1008", 44.963099)]
    public void The_optimum_is_the_one_on_record(string name, double exactKw)
    {
        NeedsClp();
        DispatchInstance x = InstanceFolder.Read(SharedInstances.Folder(name));
        DispatchResult result = new ExactSolver().Solve(x, 1, null, TestContext.Current.CancellationToken);
        result.ObjectiveKw.ShouldBe(exactKw, 1e-7 * exactKw);
        result.BoundKw.ShouldBe(exactKw, 1e-7 * exactKw);
        result.Status.ShouldBe(DispatchStatus.Solved);
        CheckResult.Consistent(x, result);
    }

    [Fact]
    public void Objective_exact_optimum_and_bound_of_any_small_problem_stand_in_that_order()
    {
        NeedsClp();
        int lowered = 0, past = 0, peaks = 0, pastPeaks = 0;
        for (ulong seed = 1; seed <= 60; seed++)
        {
            DispatchInstance x = SmallInstances.Draw(seed);
            DispatchResult exact = new ExactSolver().Solve(x, 1, null, TestContext.Current.CancellationToken);
            DispatchResult solved = new DispatchSolver().Solve(x, seed, null, TestContext.Current.CancellationToken);
            double slack = 1e-6 * Math.Max(1, exact.ObjectiveKw);
            string which = $"seed {seed}";
            exact.BoundKw.ShouldBe(exact.ObjectiveKw, slack, which);
            solved.ObjectiveKw.ShouldBeGreaterThan(exact.ObjectiveKw - slack, which);
            solved.BoundKw.ShouldBeLessThan(exact.ObjectiveKw + slack, which);
            exact.Infeasible.ShouldBe(solved.Infeasible, which);
            CheckResult.Consistent(x, exact);
            lowered += exact.Infeasible.Count > 0 ? 1 : 0;
            past += x.PastLoadKw.Length > 0 ? 1 : 0;
            peaks += x.PeakWeight > 0 ? 1 : 0;
            pastPeaks += x.PeakWeight > 0 && x.PastLoadKw.Length > 0 ? 1 : 0;
            solved.Gap.ShouldBeLessThan(x.PeakWeight > 0 ? 2e-2 : 2e-3, which);
        }
        // The draw reaches the corners that it is for.
        lowered.ShouldBeGreaterThan(5);
        past.ShouldBeGreaterThan(15);
        peaks.ShouldBeGreaterThan(10);
        pastPeaks.ShouldBeGreaterThan(5);
    }

    [Fact]
    public void An_instance_without_vehicles_is_its_loads_spread()
    {
        NeedsClp();
        DispatchInstance x = SyntheticFleet.Mixed(0, 144, 3);
        DispatchInstance loaded = new()
        {
            CapacityWh = [], InitialWh = [], FinalMinWh = [], StayOffset = [0], StartSlot = [], EndSlot = [], MaxChargeW = [], MaxDischargeW = [],
            NeededAtDepartureWh = [], TripWhAfter = [], LoadKw = [1, 2, 6], BaselineEvKw = [0, 0, 0], DayOfSlot = [0, 0, 0],
        };
        DispatchResult result = new ExactSolver().Solve(loaded, 1, null, TestContext.Current.CancellationToken);
        result.Status.ShouldBe(DispatchStatus.Empty);
        result.ObjectiveKw.ShouldBe(5 / 3.0, 1e-9);
        result.BoundKw.ShouldBe(5 / 3.0, 1e-6);
        new ExactSolver().Solve(x, 1, null, TestContext.Current.CancellationToken).ObjectiveKw.ShouldBe(0, 1e-9);
    }

    [Fact]
    public void A_city_is_refused_with_its_size()
    {
        DispatchInstance x = SyntheticFleet.Mixed(5_000, 144, 3);
        Should.Throw<InputException>(() => new ExactSolver().Solve(x, 1, null, TestContext.Current.CancellationToken))
            .Message.ShouldContain("5,000 vehicles × 144 slots are 720,000 vehicle-slots");
    }

    [Fact]
    public void Whoever_cancels_is_free_at_once()
    {
        NeedsClp();
        using var stop = new CancellationTokenSource();
        stop.Cancel();
        Should.Throw<OperationCanceledException>(() => new ExactSolver().Solve(SyntheticFleet.Mixed(10, 144, 3), 1, null, stop.Token));
    }

    internal static void NeedsClp()
    {
        if (!ExactSolver.IsAvailable) Assert.Skip("needs clp's library libClp.so.1 (Debian package coinor-libclp1)");
    }
}
