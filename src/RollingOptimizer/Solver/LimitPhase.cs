using Movc.Domain.Dispatch;
using Movc.VehicleKernel.Bundles;
using Movc.VehicleKernel.Storage;

namespace Movc.RollingOptimizer.Solver;

/// <summary>
/// Plans vehicles anew that break a limit of theirs together: they pay a price of the limit beside the city's, found on some of them and then
/// answered by all in one pass with feedback, of the city's load and of their own sum (docs/math/limits.md).
/// </summary>
/// <param name="fleet">The fleet.</param>
/// <param name="days">Its days.</param>
/// <param name="multiplier">The city's best prices, past slots first.</param>
/// <param name="deltaW">Penalty width δ of the city's load, W.</param>
/// <param name="tiesByLoad">Whether equal prices are told apart by the load under them.</param>
/// <param name="threads">Threads at most.</param>
internal sealed class LimitPhase(PreparedFleet fleet, DayGroups days, double[] multiplier, double deltaW, bool tiesByLoad, int threads)
{
    /// <summary>Vehicles on which the price of a limit is found.</summary>
    private const int SampleVehicles = 1_000;
    private const int SamplePasses = 10;

    private readonly List<PriceRanks> _rounds = [];
    private readonly int[] _roundOfVehicle = Unbound(fleet.Count);

    /// <summary>Brings a plan within the limits, as far as vehicles can.</summary>
    /// <param name="plan">The plan without limits; its sums are changed.</param>
    /// <param name="seed">Of the order in which vehicles answer.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The plan that is within them; the same where no limit was broken.</returns>
    public FleetPlan Bring(FleetPlan plan, ulong seed, CancellationToken cancellationToken)
    {
        foreach (FleetLimit limit in fleet.Instance.Limits)
        {
            if (limit.Vehicle.Length == 0) continue;
            GroupEnergy planned = GroupEnergy.Of(fleet, plan.Schedules, limit.Vehicle, threads, cancellationToken);
            if (!Breaks(planned, limit)) continue;
            GroupEnergy anew = Plan(limit, planned, plan, seed, cancellationToken);
            for (int t = 0; t < days.Slots; t++)
            {
                plan.Charged[t] += anew.Charged[t] - planned.Charged[t];
                plan.Discharged[t] += anew.Discharged[t] - planned.Discharged[t];
            }
        }
        return _rounds.Count == 0 ? plan : plan with { Schedules = new LimitedSchedules(plan.Schedules, fleet, _rounds, _roundOfVehicle) };
    }

    private bool Breaks(GroupEnergy sum, FleetLimit limit)
    {
        for (int t = 0; t < days.Slots; t++)
        {
            double netKw = sum.NetW(fleet, t) / 1000;
            if (netKw > limit.MaxKw[t] || netKw < limit.MinKw[t]) return true;
        }
        return false;
    }

    private GroupEnergy Plan(FleetLimit limit, GroupEnergy planned, FleetPlan plan, ulong seed, CancellationToken cancellationToken)
    {
        int[] vehicles = limit.Vehicle;
        var order = new ProcessOrder(vehicles.Length, seed);
        double scaleKw = 1;
        for (int t = 0; t < days.Slots; t++) scaleKw = Math.Max(scaleKw, Math.Abs(planned.NetW(fleet, t)) / 1000);
        double[] cityW = CityW(plan), meanW = new double[days.Slots];
        for (int t = 0; t < days.Slots; t++)
        {
            meanW[t] = planned.NetW(fleet, t) / vehicles.Length;
            cityW[days.Past + t] -= planned.NetW(fleet, t);
        }
        var pass = new LimitPass(fleet, days, limit, multiplier, deltaW, scaleKw, tiesByLoad, threads);
        int[] sample = [.. Enumerable.Range(0, Math.Min(vehicles.Length, SampleVehicles)).Select(k => vehicles[order[k]])];
        for (int k = 0; k < SamplePasses; k++)
        {
            // Toward the end the penalty is narrow: then it is the price that holds the limit.
            double width = Math.Pow(0.1, 1 + (k / (double)(SamplePasses - 1)));
            (GroupEnergy answer, _) = pass.Run(sample, cityW, meanW, vehicles.Length, width, null, cancellationToken);
            for (int t = 0; t < days.Slots; t++) meanW[t] = answer.NetW(fleet, t) / sample.Length;
            pass.TakePrices();
        }
        (GroupEnergy anew, int[] round) = pass.Run([.. Enumerable.Range(0, vehicles.Length).Select(k => vehicles[order[k]])], cityW, meanW, vehicles.Length, 0.01, _rounds, cancellationToken);
        var kernel = new SlotKernel(fleet.Columns);
        var gained = new int[days.Slots];
        for (int k = 0; k < vehicles.Length; k++)
        {
            int vehicle = vehicles[order[k]];
            _roundOfVehicle[vehicle] = round[k];
            kernel.Solve(_rounds[round[k]], vehicle, gained);
            plan.FirstSlotPowerW[vehicle] = fleet.Units.PowerW(gained[0]);
        }
        return anew;
    }

    /// <summary>Net load under a plan, past slots first, W.</summary>
    private double[] CityW(FleetPlan plan)
    {
        DispatchInstance x = fleet.Instance;
        var cityW = new double[days.Length];
        for (int t = 0; t < days.Past; t++) cityW[t] = 1000 * x.PastLoadKw[t];
        for (int t = 0; t < days.Slots; t++)
            cityW[days.Past + t] = (1000 * x.LoadKw[t]) + (plan.Charged[t] / (double)fleet.Units.PerChargeWatt) - (plan.Discharged[t] / (double)fleet.Units.PerDischargeWatt);
        return cityW;
    }

    private static int[] Unbound(int count)
    {
        int[] rounds = new int[count];
        Array.Fill(rounds, -1);
        return rounds;
    }
}
