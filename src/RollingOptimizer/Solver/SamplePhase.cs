using Movc.Domain.Dispatch;

namespace Movc.RollingOptimizer.Solver;

/// <summary>
/// Finds prices on a sample of the fleet against the city's load scaled to it, sweep by sweep until what the sample proves is close
/// to what it reaches. Where the sample is the whole fleet it also yields the schedules.
/// </summary>
internal sealed class SamplePhase
{
    private const int FewSteps = 200;
    private const int SweepsBeforeJudging = 5;
    private readonly PreparedFleet _fleet;
    private readonly DayGroups _days;
    private readonly DispatchSolverOptions _options;
    private readonly int[] _sample;
    private readonly double _widthW;
    private readonly bool _whole;
    private readonly double[] _fixedKw;
    private readonly BlockDescent _descent;

    public SamplePhase(PreparedFleet fleet, DayGroups days, DispatchSolverOptions options, int[] sample, double widthW, bool whole)
    {
        _fleet = fleet;
        _days = days;
        _options = options;
        _sample = sample;
        _whole = whole;
        double scale = (double)sample.Length / fleet.Count;
        _widthW = widthW * scale;
        DispatchInstance x = fleet.Instance;
        _fixedKw = new double[days.Length];
        x.PastLoadKw.CopyTo(_fixedKw, 0);
        x.LoadKw.CopyTo(_fixedKw, days.Past);
        for (int t = 0; t < days.Length; t++) _fixedKw[t] *= scale;
        double[] shareW = Array.ConvertAll(x.BaselineEvKw, kw => 1000 * kw / fleet.Count);
        _descent = new BlockDescent(fleet, days, sample, Array.ConvertAll(_fixedKw, kw => 1000 * kw), shareW, whole);
    }

    /// <summary>Best dual prices met, past slots first.</summary>
    public double[] BestPrices { get; private set; } = [];

    /// <summary>Best lower bound met on the sample, kW without the 1/T.</summary>
    public double BestBoundKw { get; private set; } = double.NegativeInfinity;

    /// <summary>Stored energy gained per slot of each sampled vehicle, units; only where the sample is the whole fleet.</summary>
    public double[] Stored => _descent.Stored;

    /// <summary>Mean net power of a sampled vehicle, W per slot.</summary>
    public double[] MeanNetW() => _descent.MeanNetW();

    public void Run(double[]? warm, CancellationToken cancellationToken)
    {
        bool cold = warm is null;
        if (warm is not null)
        {
            for (int t = 0; t < warm.Length; t++) _descent.Board.Multiplier[_days.Past + t] = Math.Clamp(warm[t], -1, 1);
        }
        int most = _whole ? _options.DenseSweeps : _options.ColdSweeps;
        int cooling = Math.Max(1, (cold ? _options.CoolingSweeps : _options.WarmSweeps) - 1);
        int judgeFrom = _whole ? 3 : cold ? SweepsBeforeJudging : _options.WarmSweeps - 1, judgeEvery = _whole ? 4 : cold ? 2 : 1;
        double first = cold ? _options.FirstDelta : _options.WarmFirstDelta;
        double enough = _whole ? _options.DenseGap : cold ? _options.SampleGap : _options.WarmSampleGap;

        // One vehicle's best answer is an extreme path: the fewer vehicles, the more answers each must mix to fill a valley.
        int steps = _sample.Length * Math.Max(1, _whole ? FewSteps / _sample.Length : 1);
        // At equal distances: two updates close together count one imbalance twice and make the prices swing.
        int every = (steps + _options.MultiplierUpdates - 1) / _options.MultiplierUpdates;
        for (int sweep = 0; sweep < most; sweep++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            double deltaW = _widthW * first * Math.Pow(_options.LastDelta / first, Math.Min(1.0, sweep / (double)cooling));
            _descent.Sweep(deltaW, steps, cold && sweep == 0 ? steps : every, first: sweep == 0);
            bool last = sweep == most - 1;
            if (!last && (sweep < judgeFrom || (sweep - judgeFrom) % judgeEvery != 0)) continue;
            Judge(_descent.AveragePrice);
            Judge(_descent.Board.Multiplier);
            if (_descent.PrimalKw() - BestBoundKw <= enough * Math.Max(Math.Abs(BestBoundKw), _days.Slots)) break;
        }
    }

    /// <summary>The dual value of a price vector on the sample, kW without the 1/T.</summary>
    public double BoundKw(PriceLevels levels) =>
        CertificatePhase.ValueKw(_fleet, _days, levels, _fixedKw, _sample);

    private void Judge(double[] prices)
    {
        PriceLevels levels = PriceLevels.From(prices, _days, 0, _fleet.Instance.Lambda, _fleet.Units);
        double bound = BoundKw(levels);
        if (bound <= BestBoundKw) return;
        BestBoundKw = bound;
        BestPrices = levels.Prices;
    }
}
