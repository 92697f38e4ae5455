using Movc.Domain.Dispatch;
using Movc.Domain.Fleet;
using Movc.Domain.Threads;
using Movc.Studies.Weeks;

namespace Movc.Studies.Dispatch;

/// <summary>A simulated week as a dispatch problem (model.md §6; perfect foresight, the whole fleet at once), and who in it is who.</summary>
/// <param name="Week">The week.</param>
/// <param name="Options">How it became a problem.</param>
/// <param name="Instance">The vehicles that take part; the others' Charge Only load is in the city's.</param>
/// <param name="Vehicle">Number in the week of each vehicle of the instance, rising.</param>
/// <param name="Strategy">Strategy of each vehicle of the instance.</param>
/// <param name="ChargeOnlyKw">Charge Only load of all vehicles of the week, kW per slot.</param>
public sealed record WeekProblem(
    SimulatedWeek Week, WeekProblemOptions Options, DispatchInstance Instance, int[] Vehicle, V2gStrategy[] Strategy, double[] ChargeOnlyKw)
{
    /// <summary>Builds the problem.</summary>
    /// <param name="week">The week.</param>
    /// <param name="options">How.</param>
    /// <param name="threads">0 = all processors; the problem is the same for any number.</param>
    /// <param name="cancellationToken">Ends the job.</param>
    public static WeekProblem Of(SimulatedWeek week, WeekProblemOptions options, int threads, CancellationToken cancellationToken)
    {
        if (options.LoadKw.Length != week.Slots) throw new ArgumentException($"{options.LoadKw.Length} loads for {week.Slots} slots", nameof(options));
        var parts = new List<ProblemPart>(week.Parts.Count);
        OrderedParallel.Run(
            week.Parts.Count, () => 0, (p, _) => ProblemPart.Of(week, week.Parts[p], options), parts.Add, threads, cancellationToken);
        int vehicles = parts.Sum(p => p.Vehicle.Count), stays = parts.Sum(p => p.Stays);
        var columns = new ProblemColumns(vehicles, stays);
        double[] loadKw = (double[])options.LoadKw.Clone(), baselineKw = new double[week.Slots], allKw = new double[week.Slots];
        foreach (ProblemPart part in parts)
        {
            for (int t = 0; t < loadKw.Length; t++)
            {
                loadKw[t] += part.OthersKw[t];
                baselineKw[t] += part.BaselineKw[t];
                allKw[t] += part.OthersKw[t] + part.BaselineKw[t];
            }
            columns.Add(week, part, options);
        }
        return new WeekProblem(week, options, columns.Instance(week, options, loadKw, baselineKw), columns.Vehicle, columns.Strategy, allKw);
    }
}
