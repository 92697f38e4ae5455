using System.Diagnostics;
using Movc.Domain.Dispatch;

namespace Movc.RollingOptimizer.Solver;

/// <summary>
/// Finds prices on a sample of the fleet against the city's load scaled to it: block-coordinate steps of the augmented Lagrangian,
/// one vehicle a block, exact line search. Where the sample is the whole fleet it also yields the schedules.
/// </summary>
internal sealed class SamplePhase
{
    private const int FewSteps = 200;
    private readonly PreparedFleet _fleet;
    private readonly DayGroups _days;
    private readonly DispatchSolverOptions _options;
    private readonly int[] _sample;
    private readonly double _scale;
    private readonly double _widthW;
    private readonly double[] _netW;
    private readonly double[] _throughputW;
    private readonly double[]? _stored;
    private readonly PriceBoard _board;
    private readonly PriceRanks _ranks;
    private readonly VehicleKernel _kernel;
    private readonly double[] _stepW;
    private readonly double[] _stepStored;
    private readonly double[] _fixedKw;
    private readonly double[] _loadKw;

    public SamplePhase(PreparedFleet fleet, DayGroups days, DispatchSolverOptions options, int[] sample, double widthW, bool keepStored)
    {
        _fleet = fleet;
        _days = days;
        _options = options;
        _sample = sample;
        _scale = (double)sample.Length / fleet.Count;
        _widthW = widthW * _scale;
        DispatchInstance x = fleet.Instance;
        _netW = new double[sample.Length * days.Slots];
        _throughputW = new double[sample.Length];
        _stored = keepStored ? new double[sample.Length * days.Slots] : null;
        _board = new PriceBoard(days, x.Lambda, fleet.Units);
        _ranks = new PriceRanks(days.Slots);
        _kernel = new VehicleKernel(fleet);
        _stepW = new double[days.Slots];
        _stepStored = new double[days.Slots];
        _fixedKw = new double[days.Length];
        _loadKw = new double[days.Length];
        x.PastLoadKw.CopyTo(_fixedKw, 0);
        x.LoadKw.CopyTo(_fixedKw, days.Past);
        for (int t = 0; t < days.Length; t++) _fixedKw[t] *= _scale;
    }

    /// <summary>Best dual prices met, past slots first.</summary>
    public double[] BestPrices { get; private set; } = [];

    /// <summary>Best lower bound met on the sample, kW without the 1/T.</summary>
    public double BestBoundKw { get; private set; } = double.NegativeInfinity;

    /// <summary>Stored energy gained per slot of each sampled vehicle, units; only if kept.</summary>
    public double[] Stored => _stored ?? throw new InvalidOperationException("this sample keeps no schedules");

    public void Run(double[]? warm, CancellationToken cancellationToken)
    {
        DispatchInstance x = _fleet.Instance;
        bool whole = _stored is not null;
        int sweeps = whole ? _options.DenseSweeps : warm is null ? _options.ColdSweeps : _options.WarmSweeps;
        for (int t = 0; t < _days.Length; t++)
        {
            _board.LoadW[t] = 1000 * _fixedKw[t];
            if (t >= _days.Past) _board.LoadW[t] += 1000 * _scale * x.BaselineEvKw[t - _days.Past];
        }
        if (warm is not null) StartWarm(warm);

        var average = new double[_days.Length];
        // One vehicle's best answer is an extreme path: the fewer vehicles, the more answers each must mix to fill a valley.
        int steps = _sample.Length * Math.Max(1, whole ? FewSteps / _sample.Length : 1);
        // At equal distances: two updates close together count one imbalance twice and make the prices swing.
        int every = (steps + _options.MultiplierUpdates - 1) / _options.MultiplierUpdates;
        // A fleet of few vehicles needs more sweeps to move its multipliers as far.
        int cool = Math.Max(1, (warm is null ? Math.Min(sweeps, _options.ColdSweeps) : Math.Min(sweeps, _options.WarmSweeps)) - 3);
        for (int sweep = 0; sweep < sweeps; sweep++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            double first = warm is null ? _options.FirstDelta : Math.Min(_options.FirstDelta, 2 * _options.LastDelta);
            double progress = Math.Min(1.0, sweep / (double)cool);
            double deltaW = _widthW * first * Math.Pow(_options.LastDelta / first, progress);
            Array.Clear(average);
            for (int k = 0; k < steps; k++)
            {
                if (k > 0 && k % every == 0 && (sweep > 0 || warm is not null)) _board.TakeMultipliers();
                _board.Update(deltaW);
                _board.Rank(_ranks);
                Step(k % _sample.Length, deltaW, full: sweep == 0 && k < _sample.Length);
                for (int t = 0; t < average.Length; t++) average[t] += _board.Price[t];
            }
            _board.TakeMultipliers();
            if (whole ? sweep % 4 != 3 && sweep != sweeps - 1 : sweep < sweeps - 3) continue;
            for (int t = 0; t < average.Length; t++) average[t] /= steps;
            Judge(average);
            Judge(_board.Multiplier);
            if (whole && (PrimalKw() - BestBoundKw) <= _options.DenseGap * Math.Max(Math.Abs(BestBoundKw), _days.Slots)) break;
        }
    }

    /// <summary>Mean net power of a sampled vehicle, W per slot.</summary>
    public double[] MeanNetW()
    {
        var mean = new double[_days.Slots];
        for (int k = 0; k < _sample.Length; k++)
        {
            for (int t = 0; t < mean.Length; t++) mean[t] += _netW[k * mean.Length + t];
        }
        for (int t = 0; t < mean.Length; t++) mean[t] /= _sample.Length;
        return mean;
    }

    /// <summary>The dual value of a price vector on the sample, kW without the 1/T.</summary>
    public double BoundKw(PriceLevels levels) =>
        CertificatePhase.ValueKw(_fleet, _days, levels, _fixedKw, _sample);

    private void StartWarm(double[] warm)
    {
        warm.CopyTo(_board.Multiplier, _days.Past);
        // The past has no prices in a warm start: the side of the median that each slot is on serves.
        double[] side = Objective.MedianPrices(_board.LoadW, _days);
        side.AsSpan(0, _days.Past).CopyTo(_board.Multiplier);
        for (int t = 0; t < _days.Length; t++) _board.Multiplier[t] = Math.Clamp(_board.Multiplier[t], -1, 1);
    }

    private void Judge(double[] prices)
    {
        PriceLevels levels = PriceLevels.From(prices, _days, 0, _fleet.Instance.Lambda, _fleet.Units);
        double bound = BoundKw(levels);
        if (bound <= BestBoundKw) return;
        BestBoundKw = bound;
        BestPrices = levels.Prices;
    }

    private double PrimalKw()
    {
        double throughput = 0;
        foreach (double w in _throughputW) throughput += w;
        for (int t = 0; t < _loadKw.Length; t++) _loadKw[t] = _board.LoadW[t] / 1000;
        return Objective.SpreadKw(_loadKw, _days) + _fleet.Instance.Lambda * throughput / 1000;
    }

    /// <summary>Moves one vehicle toward its best answer to the present price.</summary>
    private void Step(int k, double deltaW, bool full)
    {
        DispatchInstance x = _fleet.Instance;
        int vehicle = _sample[k], slots = _days.Slots;
        double chargeUnits = _fleet.Units.PerChargeWatt, dischargeUnits = _fleet.Units.PerDischargeWatt;
        Span<double> net = _netW.AsSpan(k * slots, slots);
        Span<double> load = _board.LoadW.AsSpan(_days.Past), price = _board.Price.AsSpan(_days.Past);
        _kernel.Run(_ranks, vehicle);
        long[] taken = _kernel.Taken;
        double throughput = 0, slope = 0, norm = 0;
        for (int s = x.StayOffset[vehicle]; s < x.StayOffset[vehicle + 1]; s++)
        {
            double limit = (double)x.MaxChargeW[s] * _fleet.Units.PerChargeWatt;
            for (int t = x.StartSlot[s]; t < x.EndSlot[s]; t++)
            {
                double charged = limit - taken[_ranks.Charge[t]], discharged = taken[_ranks.Discharge[t]];
                Debug.Assert(charged >= 0 && discharged >= 0 && (charged == 0 || discharged == 0), "charging and discharging at once");
                double c = charged / chargeUnits, d = discharged / dischargeUnits;
                _stepStored[t] = charged - discharged;
                _stepW[t] = c - d - net[t];
                throughput += c + d;
                slope += price[t] * _stepW[t];
                norm += _stepW[t] * _stepW[t];
            }
        }
        _kernel.Clear();
        slope += x.Lambda * (throughput - _throughputW[k]);
        double gamma = full ? 1 : norm > 0 ? Math.Clamp(-slope * deltaW / norm, 0, 1) : 0;

        if (full)
        {
            // The first answer takes the place of the vehicle's share in the Charge Only load that stood in for it.
            for (int t = 0; t < slots; t++) load[t] -= 1000 * x.BaselineEvKw[t] / _fleet.Count;
        }
        if (gamma == 0) return;
        _throughputW[k] += gamma * (throughput - _throughputW[k]);
        for (int s = x.StayOffset[vehicle]; s < x.StayOffset[vehicle + 1]; s++)
        {
            for (int t = x.StartSlot[s]; t < x.EndSlot[s]; t++)
            {
                double move = gamma * _stepW[t];
                net[t] += move;
                load[t] += move;
                if (_stored is not null) _stored[k * slots + t] += gamma * (_stepStored[t] - _stored[k * slots + t]);
            }
        }
    }
}
