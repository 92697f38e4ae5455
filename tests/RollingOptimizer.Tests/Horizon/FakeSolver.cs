using Movc.Domain.Dispatch;

namespace Movc.RollingOptimizer.Tests.Horizon;

/// <summary>Answers at once: everybody waits, prices tell what was asked. Notes every question.</summary>
internal sealed class FakeSolver : IDispatchSolver
{
    public List<(DispatchInstance Instance, ulong Seed, double[]? Warm)> Asked { get; } = [];

    public DispatchResult Solve(DispatchInstance instance, ulong seed, double[]? warmPrices, CancellationToken cancellationToken)
    {
        Asked.Add((instance, seed, warmPrices));
        return Result(instance, new int[instance.VehicleCount]);
    }

    public static DispatchResult Result(DispatchInstance instance, int[] firstSlotPowerW, double seconds = 0.1) => new()
    {
        Status = instance.VehicleCount == 0 ? DispatchStatus.Empty : DispatchStatus.Solved,
        ObjectiveKw = 12.5,
        BoundKw = 12.4999,
        Seconds = seconds,
        AfterKw = instance.LoadKw,
        Prices = [.. Enumerable.Repeat(0.25, instance.PastLoadKw.Length + instance.SlotCount)],
        FirstSlotPowerW = firstSlotPowerW,
        Infeasible = [],
        Schedules = new Still(),
        WarmPrices = [.. Enumerable.Range(0, instance.SlotCount).Select(t => t / 1000.0)],
    };

    private sealed class Still : IScheduleSource
    {
        public void Expand(int vehicle, Span<double> powerKw) => powerKw.Clear();
    }
}
