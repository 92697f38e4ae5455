using Movc.Domain.Dispatch;
using Movc.Domain.Flexibility;
using Movc.RollingOptimizer.Solver;

namespace Movc.RollingOptimizer.Flexibility;

/// <summary>
/// Finds how a problem's vehicles take load off a plan of it, and proves what it costs at least (docs/math/flexibility.md). The schedule: as
/// many vehicles as it takes, the others keep to the plan; planned anew beside a load that is higher in the window by what is to be
/// delivered, raised where that was not enough. The proofs, by weak duality: a lawful price vector with a price on the window beside, and
/// for the most that can be had the price of the window alone.
/// </summary>
/// <param name="solver">Solves dispatches.</param>
/// <param name="threads">Processors to use.</param>
internal sealed class DeliverySolver(IDispatchSolver solver, int threads)
{
    /// <summary>Share of what was asked that may be lacking in a slot [G]: metered delivery is settled with more.</summary>
    public const double Tolerance = 0.01;

    /// <summary>How many times more vehicles than could just deliver it are planned anew at first [G].</summary>
    private const double Room = 2;

    /// <summary>Weight of the peak, round by round: where the window's load alone does not move vehicles enough, being the day's peak does.</summary>
    private static readonly double[] PeakWeights = [0, 0, 0, 0, 0, 0.02, 0.05];

    private static int MaxRounds => PeakWeights.Length;
    private const int FewestVehicles = 500;
    private const int SampleVehicles = 4_000;

    /// <summary>A price nearer to 1 than this stands for a load over or under its day's level.</summary>
    private const double Clipped = 1e-3;

    private static readonly double[] WindowPrices = [0.01, 0.03, 0.1, 0.3, 1];
    private static readonly double[] LevelShares = [0.5, 1];

    /// <summary>Vehicle-slots up to which further ways are tried [G]: beyond, an answer would take too long.</summary>
    private const long CellsTriedAgain = 1_500_000;

    private static readonly double[] Degrees = [0.1, 0.25, 0.5, 0.75, 1];

    /// <summary>Seeks a delivery.</summary>
    /// <param name="x">The problem.</param>
    /// <param name="plan">A plan of it.</param>
    /// <param name="window">When.</param>
    /// <param name="kw">How much, kW in each slot, over 0.</param>
    /// <param name="seed">Of the solves.</param>
    /// <param name="proves">Whether its cost is to be proved, and cheaper ways to be tried.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public Delivery Seek(DispatchInstance x, DispatchResult plan, DeliveryWindow window, double kw, ulong seed, bool proves, CancellationToken cancellationToken)
    {
        PreparedFleet fleet = PreparedFleet.Prepare(x, threads);
        double mostKw = MostKw(fleet, plan, window, cancellationToken);
        if (kw > mostKw) return Delivery.None(mostKw);
        var days = new DayGroups(x);
        double[] level = DayLevelsKw(days, x, plan);
        int few = (int)Math.Min(x.VehicleCount, Math.Max(FewestVehicles, Math.Ceiling(Room * kw / mostKw * x.VehicleCount)));
        (Found found, bool isWhole) = Plan(x, plan, level, FleetSample.Evenly(x.VehicleCount, few), window, kw, 0, seed, cancellationToken);
        if (!isWhole && few < x.VehicleCount) (found, isWhole) = Plan(x, plan, level, FleetSample.Evenly(x.VehicleCount, x.VehicleCount), window, kw, 0, seed, cancellationToken);
        // Cheaper may be to lower the whole day's level a little than the window under it.
        foreach (double share in proves && isWhole && (long)found.Vehicle.Length * x.SlotCount <= CellsTriedAgain ? LevelShares : [])
        {
            (Found other, bool otherIsWhole) = Plan(x, plan, level, found.Vehicle, window, kw, share, seed, cancellationToken);
            if (otherIsWhole && Cost(other) < Cost(found)) found = other;
        }
        double plannedKw = ((plan.ObjectiveKw * x.SlotCount) - Objective.SpreadKw([.. x.PastLoadKw, .. plan.AfterKw], days)) / x.Lambda;
        double throughputKw = plannedKw + found.ThroughputKw - found.Before.ThroughputKw;
        // What holds for every schedule holds for these too.
        double boundKw = Math.Max(plan.BoundKw, proves ? BoundKw(fleet, days, plan, found, window, kw, cancellationToken) : plan.BoundKw) - plan.ObjectiveKw;
        // What passes through plugs is charged and discharged energy, what the load changes by is the one less the other.
        double dischargedKwh = (throughputKw - plannedKw - (found.AfterKw.Sum() - plan.AfterKw.Sum())) / 2 * x.SlotHours;
        return new Delivery(isWhole ? Deliverable.Yes : Deliverable.NotShown, mostKw, found.Vehicle, found.Result.Schedules, found.DeliveredKw, Cost(found), boundKw, dischargedKwh);

        double Cost(Found of) => ((Objective.SpreadKw([.. x.PastLoadKw, .. of.AfterKw], days) - Objective.SpreadKw([.. x.PastLoadKw, .. plan.AfterKw], days)
            + (x.Lambda * (of.ThroughputKw - of.Before.ThroughputKw))) / x.SlotCount);
    }

    /// <summary>Level that each slot's day stands at by the plan, kW: where prices lie between their ends; of a day without one its highest load.</summary>
    private static double[] DayLevelsKw(DayGroups days, DispatchInstance x, DispatchResult plan)
    {
        var level = new double[x.SlotCount];
        foreach (IGrouping<int, int> day in Enumerable.Range(0, x.SlotCount).GroupBy(t => x.DayOfSlot[t]))
        {
            double[] at = [.. day.Where(t => Math.Abs(plan.Prices[days.Past + t]) < 1 - Clipped).Select(t => plan.AfterKw[t])];
            double kw = at.Length > 0 ? at.Average() : day.Max(t => plan.AfterKw[t]);
            foreach (int t in day) level[t] = kw;
        }
        return level;
    }

    /// <summary>Plans some vehicles anew until they deliver, or the rounds are over.</summary>
    private (Found Found, bool IsWhole) Plan(
        DispatchInstance x, DispatchResult plan, double[] level, int[] vehicle, DeliveryWindow window, double kw, double levelShare, ulong seed, CancellationToken cancellationToken)
    {
        PlannedPart before = PlannedPart.Of(plan.Schedules, vehicle, x.SlotCount, cancellationToken);
        double[] besideKw = [.. plan.AfterKw.Zip(before.NetKw, (all, part) => all - part)];
        // A slot under its day's level asks nothing of vehicles before it is raised to it.
        double[] raised = [.. Enumerable.Range(window.From, window.Slots).Select(t => kw + Math.Max(0, level[t] - plan.AfterKw[t]))];
        double[] lowered = [.. Enumerable.Range(0, x.SlotCount).Select(t => (t < window.From || t >= window.To) && x.DayOfSlot[t] == x.DayOfSlot[window.From] && plan.AfterKw[t] >= 0.995 * level[t] ? levelShare * kw : 0)];
        double[] prices = plan.WarmPrices;
        for (int round = 0; ; round++)
        {
            double[] load = [.. besideKw.Zip(lowered, (beside, more) => beside + more)];
            for (int k = 0; k < raised.Length; k++) load[window.From + k] += raised[k];
            DispatchInstance part = FleetSample.Of(x, vehicle, load) with { PeakWeight = Math.Max(x.PeakWeight, PeakWeights[round]) };
            DispatchResult result = solver.Solve(part, seed, prices, cancellationToken);
            prices = result.WarmPrices;
            double[] after = [.. result.AfterKw.Zip(lowered, (all, more) => all - more)];
            for (int k = 0; k < raised.Length; k++) after[window.From + k] -= raised[k];
            double[] delivered = [.. Enumerable.Range(window.From, window.Slots).Select(t => plan.AfterKw[t] - after[t])];
            bool isWhole = Array.TrueForAll(delivered, d => d >= (1 - Tolerance) * kw);
            if (isWhole || round == MaxRounds - 1)
            {
                // Of a solve the objective is the spread of its load and its throughput.
                double throughputKw = ((result.ObjectiveKw * x.SlotCount) - Objective.SpreadKw([.. x.PastLoadKw, .. result.AfterKw], new DayGroups(part))) / x.Lambda;
                return (new Found(vehicle, before, result, after, delivered, throughputKw), isWhole);
            }
            for (int k = 0; k < raised.Length; k++) raised[k] += Math.Max(0, (1.2 * (kw - delivered[k])) + (Tolerance * kw));
        }
    }

    /// <summary>Certified: the most that any schedule takes off a plan in every slot of a window, kW.</summary>
    public double MostKw(DispatchInstance x, DispatchResult plan, DeliveryWindow window, CancellationToken cancellationToken) =>
        MostKw(PreparedFleet.Prepare(x, threads), plan, window, cancellationToken);

    private double MostKw(PreparedFleet fleet, DispatchResult plan, DeliveryWindow window, CancellationToken cancellationToken)
    {
        // The least that vehicles can draw in the window in all: a price of 1 in it, of 0 elsewhere, throughput free.
        var prices = new double[fleet.Slots];
        Array.Fill(prices, 1.0, window.From, window.Slots);
        double leastKw = CertificatePhase.VehiclesKw(fleet, PriceLevels.Free(prices, 0, fleet.Units), 0, threads, cancellationToken);
        double plannedKw = 0;
        for (int t = window.From; t < window.To; t++) plannedKw += plan.AfterKw[t] - fleet.Instance.LoadKw[t];
        return Math.Max(0, (plannedKw - leastKw) / window.Slots);
    }

    /// <summary>The least objective of any schedule that delivers: the best of some prices on the window, tried on a sample, proved on all.</summary>
    private double BoundKw(PreparedFleet fleet, DayGroups days, DispatchResult plan, Found found, DeliveryWindow window, double kw, CancellationToken cancellationToken)
    {
        DispatchInstance x = fleet.Instance;
        List<(double[] Lawful, double[] Window)> candidates = [.. WindowPrices.Select(s => (plan.Prices, Enumerable.Repeat(s, window.Slots).ToArray())), .. Parted(fleet, days, found.Result.Prices, window), .. Parted(fleet, days, plan.Prices, window)];
        int[] sample = FleetSample.Evenly(fleet.Count, SampleVehicles);
        double best = double.NegativeInfinity;
        (double[] Lawful, double[] Window) chosen = candidates[0];
        foreach ((double[] Lawful, double[] Window) candidate in candidates)
        {
            PriceLevels levels = Levels(candidate);
            double value = Fixed(candidate) + (CertificatePhase.VehiclesKw(fleet, levels, x.Lambda, sample) * fleet.Count / sample.Length);
            if (value > best) (best, chosen) = (value, candidate);
        }
        return (Fixed(chosen) + CertificatePhase.VehiclesKw(fleet, Levels(chosen), x.Lambda, threads, cancellationToken)) / x.SlotCount;

        PriceLevels Levels((double[] Lawful, double[] Window) of)
        {
            double[] prices = of.Lawful[days.Past..];
            for (int k = 0; k < window.Slots; k++) prices[window.From + k] += of.Window[k];
            return PriceLevels.Free(prices, x.Lambda, fleet.Units);
        }
        double Fixed((double[] Lawful, double[] Window) of)
        {
            double value = Objective.PricedLoadKw(of.Lawful, [.. x.PastLoadKw, .. x.LoadKw], days);
            // Vehicles may draw at most what the plan has them draw, less what is delivered.
            for (int k = 0; k < window.Slots; k++) value -= of.Window[k] * (plan.AfterKw[window.From + k] - x.LoadKw[window.From + k] - ((1 - Tolerance) * kw));
            return value;
        }
    }

    /// <summary>
    /// Prices parted: lawful ones under which the window is cheap, to several degrees, and what the window costs beside. What the window gives up
    /// of its day's balance the slots take over whose load stands at the day's level: those that stand over or under it would prove less.
    /// </summary>
    private static IEnumerable<(double[] Lawful, double[] Window)> Parted(PreparedFleet fleet, DayGroups days, double[] prices, DeliveryWindow window)
    {
        int[] day = fleet.Instance.DayOfSlot;
        foreach (double degree in Degrees)
        {
            var raw = (double[])prices.Clone();
            var beside = new double[window.Slots];
            foreach (IGrouping<int, int> here in Enumerable.Range(window.From, window.Slots).GroupBy(t => day[t]))
            {
                int[] level = [.. Enumerable.Range(0, day.Length).Where(t => day[t] == here.Key && (t < window.From || t >= window.To) && Math.Abs(prices[days.Past + t]) < 1 - Clipped)];
                double given = degree * here.Sum(t => prices[days.Past + t] + 1) / Math.Max(1, level.Length);
                foreach (int t in level) raw[days.Past + t] += given;
                foreach (int t in here)
                {
                    raw[days.Past + t] -= degree * (prices[days.Past + t] + 1);
                    beside[t - window.From] = degree * (prices[days.Past + t] + 1) + given;
                }
            }
            yield return (PriceLevels.From(raw, days, 0, fleet.Instance.Lambda, fleet.Units).Prices, beside);
        }
    }

    /// <summary>Vehicles planned anew.</summary>
    /// <param name="Vehicle">Which.</param>
    /// <param name="Before">What the plan has them do.</param>
    /// <param name="Result">Their solve, beside a load that is raised in the window.</param>
    /// <param name="AfterKw">The whole load with what they do now, kW per slot.</param>
    /// <param name="DeliveredKw">What is taken off the plan, kW of each slot of the window.</param>
    /// <param name="ThroughputKw">Their charging and discharging, summed over slots, kW.</param>
    private sealed record Found(int[] Vehicle, PlannedPart Before, DispatchResult Result, double[] AfterKw, double[] DeliveredKw, double ThroughputKw);
}
