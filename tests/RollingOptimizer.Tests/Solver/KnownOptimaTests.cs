using Movc.Domain.Dispatch;
using Movc.RollingOptimizer.Model;

namespace Movc.RollingOptimizer.Solver.Tests;

/// <summary>Instances whose optimum a linear-programming barrier with crossover found.</summary>
public sealed class KnownOptimaTests
{
    [Theory]
    [InlineData("mixed-200x144", 410.48166, 1e-3)]
    [InlineData("clustered-200x144", 410.25263, 1e-3)]
    [InlineData("hostile-200x144", 416.22376, 1e-3)]
    [InlineData("mixed-50x1008", 44.963099, 1e-3)]
    [InlineData("mixed-1000x144", 2062.7163, 1e-4)]
    [InlineData("mixed-3000x144", 6221.5503, 1e-4)]
    public void Objective_and_bound_close_on_the_exact_optimum(string name, double exactKw, double tolerance)
    {
        DispatchInstance x = InstanceFolder.Read(Folder(name));
        DispatchResult result = new DispatchSolver().Solve(x, 1, null, TestContext.Current.CancellationToken);
        double printed = 1e-7 * exactKw;
        result.ObjectiveKw.ShouldBeInRange(exactKw - printed, exactKw * (1 + tolerance));
        result.BoundKw.ShouldBeInRange(exactKw * (1 - 1e-3), exactKw + printed);
        result.Status.ShouldBe(DispatchStatus.Solved);
        CheckResult.Consistent(x, result);
    }

    [Theory]
    [InlineData("mixed-1000x144", 2062.7163, 2e-3)]
    [InlineData("mixed-3000x144", 6221.5503, 1e-3)]
    public void One_extreme_schedule_per_vehicle_comes_near_it_too(string name, double exactKw, double tolerance)
    {
        DispatchInstance x = InstanceFolder.Read(Folder(name));
        DispatchResult result = new DispatchSolver(new DispatchSolverOptions { DenseCells = 0 }).Solve(x, 1, null, TestContext.Current.CancellationToken);
        result.ObjectiveKw.ShouldBeInRange(exactKw * (1 - 1e-7), exactKw * (1 + tolerance));
        result.BoundKw.ShouldBeInRange(exactKw * (1 - 1e-3), exactKw * (1 + 1e-7));
        CheckResult.Consistent(x, result);
    }

    private static string Folder(string name)
    {
        foreach (string root in Roots())
        {
            string folder = Path.Combine(root, name);
            if (Directory.Exists(folder)) return folder;
        }
        Assert.Skip("needs ../shared/instances or MOVC_INSTANCES");
        return "";
    }

    private static IEnumerable<string> Roots()
    {
        if (Environment.GetEnvironmentVariable("MOVC_INSTANCES") is { Length: > 0 } named) yield return named;
        if (Environment.GetEnvironmentVariable("MOVC_DATA") is { Length: > 0 } data) yield return Path.Combine(data, "..", "instances");
        for (DirectoryInfo? at = new(AppContext.BaseDirectory); at is not null; at = at.Parent)
            yield return Path.Combine(at.FullName, "..", "shared", "instances");
    }
}
