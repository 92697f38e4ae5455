using Movc.Domain.Charging;
using Movc.Domain.Dispatch;
using Movc.Domain.Fleet;
using Movc.Domain.Time;
using Movc.RollingOptimizer.Forecast;
using Movc.RollingOptimizer.Setpoints;

namespace Movc.RollingOptimizer.Horizon;

/// <summary>Plans an interval that is over as a live city does, and publishes nothing: problem, solve and choice of setpoints are those of <see cref="RollingHorizon"/>.</summary>
/// <param name="calendar">City time.</param>
/// <param name="unmanaged">How vehicles charge that nobody dispatches.</param>
/// <param name="solver">As the live city's.</param>
public sealed class PlanAgain(ICityCalendar calendar, UnmanagedCharging unmanaged, IDispatchSolver solver)
{
    private readonly HorizonBuilder _builder = new(calendar, unmanaged);

    /// <summary>Plans; nothing is masked and no district limited.</summary>
    /// <param name="fleet">The fleet at the interval's start.</param>
    /// <param name="forecast">What the city is expected to draw.</param>
    /// <param name="pastAfterKw">Load after dispatch of the present calendar day's slots already gone, kW, oldest first.</param>
    /// <param name="policy">What is owed to drivers.</param>
    /// <param name="seed">Of the solver's sample.</param>
    /// <param name="warmPrices">Prices to start from, on this horizon; null = none.</param>
    /// <param name="cancellationToken">Stops between sweeps.</param>
    /// <returns>One batch a shard, and the prices that the next solve starts from.</returns>
    public (SetpointBatch[] Setpoints, double[] WarmPrices) Plan(
        FleetSnapshot fleet, HorizonForecast forecast, double[] pastAfterKw, HorizonPolicy policy, ulong seed, double[]? warmPrices, CancellationToken cancellationToken)
    {
        HorizonProblem problem = _builder.Build(fleet, forecast, pastAfterKw, policy);
        DispatchResult result = solver.Solve(problem.Instance, seed, warmPrices, cancellationToken);
        return (SetpointSelector.Select(fleet, problem, result, unmanaged, policy, DispatchMask.None), result.WarmPrices);
    }
}
