using Movc.Domain.Dispatch;
using Movc.VehicleKernel.Bundles;

namespace Movc.RollingOptimizer.Solver;

/// <summary>
/// Solves the whole city's dispatch at once (MOVC Eqs. 15-37) and proves how good the answer is: prices from a sample, one pass over
/// the fleet with load feedback, a certificate by weak duality. The method is in docs/math/dispatch-solver.md.
/// </summary>
/// <param name="options">How hard it works; null for the defaults.</param>
/// <param name="time">Clock of <see cref="DispatchResult.Seconds"/>; null for the system's.</param>
/// <remarks>Safe for several threads: a solve keeps its state to itself.</remarks>
public sealed class DispatchSolver(DispatchSolverOptions? options = null, TimeProvider? time = null) : IDispatchSolver
{
    private readonly DispatchSolverOptions _options = options ?? new DispatchSolverOptions();
    private readonly TimeProvider _time = time ?? TimeProvider.System;

    /// <inheritdoc/>
    /// <exception cref="Domain.InputException">The instance holds something that is not a dispatch problem, as overlapping stays or a λ too small.</exception>
    /// <exception cref="ArgumentException">Columns do not fit together, or the warm prices are not one per slot.</exception>
    public DispatchResult Solve(DispatchInstance instance, ulong seed, double[]? warmPrices, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(instance);
        _options.Check();
        long started = _time.GetTimestamp();
        int threads = _options.ThreadCount;
        PreparedFleet fleet = PreparedFleet.Prepare(instance, threads);
        if (warmPrices is not null && (warmPrices.Length != fleet.Slots || Array.Exists(warmPrices, p => !double.IsFinite(p))))
            throw new ArgumentException($"{warmPrices.Length} warm prices for {fleet.Slots} slots, or one is not a finite number", nameof(warmPrices));
        var days = new DayGroups(instance);
        if (fleet.Count == 0) return Empty(instance, days, started);

        bool dense = (long)fleet.Count * fleet.Slots <= _options.DenseCells;
        double widthW = WidthW(fleet);
        int[] sampled = dense ? Enumerable.Range(0, fleet.Count).ToArray() : Sample(fleet.Count, Math.Min(fleet.Count, _options.SampleVehicles), seed);
        var sample = new SamplePhase(fleet, days, _options, sampled, widthW, dense);
        sample.Run(warmPrices, cancellationToken);

        var certificate = new BestCertificate(fleet, days, threads);
        FleetPlan plan = dense
            ? SmallFleet(fleet, sample, certificate, cancellationToken)
            : LargeFleet(fleet, days, sample, certificate, widthW, seed, cancellationToken);
        plan = new LimitPhase(fleet, days, sample.BestPrices, widthW * _options.FleetDelta, _options.TieBreak == TieBreak.Flattest, threads).Bring(plan, seed, cancellationToken);
        return Finish(fleet, days, plan, certificate, sample.BestPrices, started);
    }

    /// <summary>The sample is the fleet: its mixtures of answers are the plan.</summary>
    private FleetPlan SmallFleet(PreparedFleet fleet, SamplePhase sample, BestCertificate certificate, CancellationToken cancellationToken)
    {
        if (!sample.IsClose(_options.DenseGap)) sample.Search(null, cancellationToken);
        certificate.Try(certificate.Exact(sample.BestPrices), cancellationToken);
        return FleetPlan.Of(new DenseSchedules(fleet, sample.Stored));
    }

    /// <summary>
    /// The pass over the fleet; the sample corrected by what the pass came to, hence better prices and the certificate; then the
    /// vehicles of the tail, which stop once the certified gap is next to nothing.
    /// </summary>
    private FleetPlan LargeFleet(
        PreparedFleet fleet, DayGroups days, SamplePhase sample, BestCertificate certificate, double widthW, ulong seed, CancellationToken cancellationToken)
    {
        var order = new ProcessOrder(fleet.Count, seed);
        bool tiesByLoad = _options.TieBreak == TieBreak.Flattest;
        var pass = new FleetPhase(fleet, days, order, tiesByLoad, _options.ThreadCount);
        int tail = Math.Min(_options.TailVehicles, fleet.Count / 2);
        double[] restW = sample.MeanNetW();
        pass.Run(sample.BestPrices, restW, widthW * _options.FleetDelta, _options.RoundLength, tail, cancellationToken);
        sample.Correct(pass.LoadW);
        sample.Search(pass.LastPrices, cancellationToken);
        certificate.Try(certificate.Coarsest(sample, sample.BestPrices, _options.SnapTolerance), cancellationToken);
        if (tail == 0) return FleetPlan.Of(fleet, pass, null, []);

        int[] vehicles = [.. Enumerable.Range(fleet.Count - tail, tail).Select(position => order[position])];
        double[] besideW = (double[])pass.LoadW.Clone();
        for (int t = 0; t < days.Slots; t++) besideW[days.Past + t] -= tail * restW[t];
        double besideThroughputKw = 0;
        for (int t = 0; t < days.Slots; t++)
            besideThroughputKw += (pass.Charged[t] / (1000.0 * fleet.Units.PerChargeWatt)) + (pass.Discharged[t] / (1000.0 * fleet.Units.PerDischargeWatt));
        var phase = new TailPhase(fleet, days, vehicles, besideW, restW, sample.BestPrices, fleet.TotalPowerW / fleet.Count * tail, tiesByLoad);
        double scaleKw = Math.Max(Math.Abs(certificate.BoundKw), days.Slots);
        double otherKw = fleet.Instance.Lambda * besideThroughputKw;
        double reachedKw = phase.Run(_options.TailSweeps, otherKw, certificate.BoundKw + (_options.TailGap * scaleKw), cancellationToken);
        // The tail's prices have answered the whole city's load too; where the sample finds them better they are worth a certificate.
        if (reachedKw - certificate.BoundKw > _options.RefineGap * scaleKw && sample.Judge(phase.LastPrices))
            certificate.Try(certificate.Coarsest(sample, sample.BestPrices, _options.SnapTolerance), cancellationToken);
        return FleetPlan.Of(fleet, pass, new DenseSchedules(fleet, phase.Stored), vehicles);
    }

    /// <summary>The width that δ is a fraction of, W: the peak load, or less where the vehicles could not move the load that far.</summary>
    private static double WidthW(PreparedFleet fleet)
    {
        double peakKw = 0;
        for (int t = 0; t < fleet.Slots; t++)
            peakKw = Math.Max(peakKw, Math.Abs(fleet.Instance.LoadKw[t]) + Math.Abs(fleet.Instance.BaselineEvKw[t]));
        return Math.Max(1.0, Math.Min(1000 * peakKw, 6 * fleet.TotalPowerW));
    }

    /// <summary>One vehicle at random out of each of equal stretches of the fleet.</summary>
    private static int[] Sample(int count, int size, ulong seed)
    {
        var random = new SplitMix64(seed ^ 0x5A4D504C45UL);
        var sample = new int[size];
        for (int k = 0; k < size; k++)
        {
            long from = (long)k * count / size, to = (long)(k + 1) * count / size;
            sample[k] = (int)from + random.NextInt((int)(to - from));
        }
        // Mixed, so that the sweep does not walk the city district by district.
        for (int k = size - 1; k > 0; k--)
        {
            int other = random.NextInt(k + 1);
            (sample[k], sample[other]) = (sample[other], sample[k]);
        }
        return sample;
    }

    private DispatchResult Empty(DispatchInstance x, DayGroups days, long started)
    {
        double[] fixedKw = [.. x.PastLoadKw, .. x.LoadKw];
        double[] prices = Objective.FixedLoadPrices(fixedKw, days);
        return new DispatchResult
        {
            Status = DispatchStatus.Empty,
            ObjectiveKw = Objective.SpreadKw(fixedKw, days) / days.Slots,
            BoundKw = Objective.PricedLoadKw(prices, fixedKw, days) / days.Slots,
            Seconds = _time.GetElapsedTime(started).TotalSeconds,
            AfterKw = (double[])x.LoadKw.Clone(),
            Prices = prices,
            FirstSlotPowerW = [],
            Infeasible = [],
            Schedules = new NoSchedules(),
            WarmPrices = prices[days.Past..],
        };
    }

    private DispatchResult Finish(
        PreparedFleet fleet, DayGroups days, FleetPlan plan, BestCertificate certificate, double[] multiplier, long started)
    {
        DispatchInstance x = fleet.Instance;
        double[] afterKw = new double[days.Slots];
        double throughputKw = 0;
        for (int t = 0; t < afterKw.Length; t++)
        {
            double c = plan.Charged[t] / (1000.0 * fleet.Units.PerChargeWatt), d = plan.Discharged[t] / (1000.0 * fleet.Units.PerDischargeWatt);
            afterKw[t] = x.LoadKw[t] + (c - d);
            throughputKw += c + d;
        }
        double objectiveKw = (Objective.SpreadKw([.. x.PastLoadKw, .. afterKw], days) + x.Lambda * throughputKw) / days.Slots;
        var result = new DispatchResult
        {
            Status = fleet.Infeasible.Count > 0 ? DispatchStatus.Repaired : DispatchStatus.Solved,
            ObjectiveKw = objectiveKw,
            BoundKw = certificate.BoundKw / days.Slots,
            Seconds = _time.GetElapsedTime(started).TotalSeconds,
            AfterKw = afterKw,
            Prices = certificate.Prices,
            FirstSlotPowerW = plan.FirstSlotPowerW,
            Infeasible = fleet.Infeasible,
            Schedules = plan.Schedules,
            WarmPrices = multiplier[days.Past..],
        };
        if (result.Gap <= _options.WantedGap) return result;
        return new DispatchResult
        {
            Status = DispatchStatus.LooseGap,
            ObjectiveKw = result.ObjectiveKw,
            BoundKw = result.BoundKw,
            Seconds = result.Seconds,
            AfterKw = result.AfterKw,
            Prices = result.Prices,
            FirstSlotPowerW = result.FirstSlotPowerW,
            Infeasible = result.Infeasible,
            Schedules = result.Schedules,
            WarmPrices = result.WarmPrices,
        };
    }

    private sealed class NoSchedules : IScheduleSource
    {
        public void Expand(int vehicle, Span<double> powerKw) =>
            throw new ArgumentOutOfRangeException(nameof(vehicle), vehicle, "this dispatch has no vehicle");
    }
}
