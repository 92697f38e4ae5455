using Movc.Domain.Dispatch;
using Movc.RollingOptimizer.Solver;
using Movc.Studies.Dispatch;
using Movc.Studies.Points;
using Movc.Studies.Weeks;

namespace Movc.Studies.Tests.Points;

public class BatchedDispatchTests
{
    private static readonly SimulatedWeek Week = SmallWeeks.Simulate(new WeekSettings { Vehicles = 600, Seed = 2, Days = 2 });

    [Fact]
    public void One_batch_of_all_is_the_whole_problem()
    {
        WeekProblem problem = SmallWeeks.Problem(Week, StrategyMix.Vws);
        DispatchResult whole = Solve(problem);
        foreach (bool fixedShare in (bool[])[false, true])
        {
            // Everybody takes part, so a share of the fleet is a share of the participants.
            BatchedDispatch one = Batches(problem, new BatchOptions(600, fixedShare));
            one.Batches.ShouldBe(1);
            one.ObjectiveKw.ShouldBe(whole.ObjectiveKw, 0.005 * whole.ObjectiveKw);
            one.ObjectiveKw.ShouldBeGreaterThanOrEqualTo(whole.BoundKw - 1e-6);
        }
    }

    [Theory]
    [InlineData(StrategyMix.Vws, false)]
    [InlineData(StrategyMix.Willing, false)]
    [InlineData(StrategyMix.Willing, true)]
    public void No_way_to_cut_beats_the_bound_of_the_whole(StrategyMix mix, bool fixedShare)
    {
        WeekProblem problem = SmallWeeks.Problem(Week, mix);
        DispatchResult whole = Solve(problem);
        BatchedDispatch cut = Batches(problem, new BatchOptions(50, fixedShare));
        cut.Batches.ShouldBe((problem.Instance.VehicleCount + 49) / 50);
        cut.ObjectiveKw.ShouldBeGreaterThanOrEqualTo(whole.BoundKw - 1e-6);
        double own = ObjectiveOf.Load([.. problem.Instance.LoadKw.Zip(problem.Instance.BaselineEvKw, (l, e) => l + e)], problem.Instance.BaselineEvKw, problem.Instance.DayOfSlot, problem.Instance.Lambda);
        cut.ObjectiveKw.ShouldBeLessThan(own);
        cut.DischargedKwh.ShouldBeGreaterThan(0);
    }

    [Fact]
    public void Few_who_take_part_see_too_little_of_the_load_when_shares_are_fixed()
    {
        WeekProblem problem = SmallWeeks.Problem(Week, gamma: 0.5);
        BatchedDispatch seen = Batches(problem, new BatchOptions(60, FixedShare: false)), unseen = Batches(problem, new BatchOptions(60, FixedShare: true));
        unseen.ObjectiveKw.ShouldBeGreaterThan(seen.ObjectiveKw);
        unseen.DischargedKwh.ShouldBeLessThan(seen.DischargedKwh);
    }

    [Fact]
    public void It_is_the_same_on_any_number_of_threads()
    {
        WeekProblem problem = SmallWeeks.Problem(Week);
        Batches(problem, new BatchOptions(100, false), 1).AfterKw.ShouldBe(Batches(problem, new BatchOptions(100, false), 3).AfterKw);
    }

    private static DispatchResult Solve(WeekProblem problem) => new DispatchSolver().Solve(problem.Instance, 1, null, TestContext.Current.CancellationToken);

    private static BatchedDispatch Batches(WeekProblem problem, BatchOptions options, int threads = 0) =>
        BatchedDispatch.Solve(problem, options, 1, threads, _ => { }, TestContext.Current.CancellationToken);
}
