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
    private readonly double _scale;
    private readonly double[] _fixedKw;
    private readonly BlockDescent _descent;

    public SamplePhase(PreparedFleet fleet, DayGroups days, DispatchSolverOptions options, int[] sample, double widthW, bool whole)
    {
        _fleet = fleet;
        _days = days;
        _options = options;
        _sample = sample;
        _whole = whole;
        _scale = (double)sample.Length / fleet.Count;
        _widthW = widthW * _scale;
        DispatchInstance x = fleet.Instance;
        _fixedKw = new double[days.Length];
        x.PastLoadKw.CopyTo(_fixedKw, 0);
        x.LoadKw.CopyTo(_fixedKw, days.Past);
        for (int t = 0; t < days.Length; t++) _fixedKw[t] *= _scale;
        double[] shareW = Array.ConvertAll(x.BaselineEvKw, kw => 1000 * kw / fleet.Count);
        _descent = new BlockDescent(fleet, days, sample, Array.ConvertAll(_fixedKw, kw => 1000 * kw), shareW, options.TieBreak == TieBreak.Flattest, whole);
    }

    /// <summary>Best dual prices met, past slots first.</summary>
    public double[] BestPrices { get; private set; } = [];

    /// <summary>Best lower bound met on the sample, kW without the 1/T.</summary>
    public double BestBoundKw { get; private set; } = double.NegativeInfinity;

    /// <summary>Stored energy gained per slot of each sampled vehicle, units; only where the sample is the whole fleet.</summary>
    public double[] Stored => _descent.Stored;

    /// <summary>Mean net power of a sampled vehicle, W per slot.</summary>
    public double[] MeanNetW() => _descent.MeanNetW();

    /// <summary>
    /// Takes out what the sample misjudges: from here on the sample moves against the load that the whole fleet came to, and stands
    /// for the whole fleet only in what it changes. Where neither can be improved, the sample's prices are the fleet's.
    /// </summary>
    /// <param name="cityLoadW">Load after the whole fleet's pass, past slots first, W.</param>
    public void Correct(double[] cityLoadW)
    {
        for (int t = 0; t < _days.Slots; t++)
        {
            double loadW = cityLoadW[_days.Past + t] * _scale, changeW = loadW - _descent.Board.LoadW[_days.Past + t];
            _fixedKw[_days.Past + t] += changeW / 1000;
            _descent.Board.LoadW[_days.Past + t] = loadW;
        }
        BestBoundKw = double.NegativeInfinity;
        Judge(BestPrices);
    }

    /// <summary>
    /// Moves single slots between price levels as long as that proves more, from several starts; the best prices found count. Prices
    /// are snapped more or less finely to begin with: too coarse loses levels, too fine leaves no levels to move between.
    /// </summary>
    /// <param name="fleetPrices">Prices that the whole fleet's load led to, past slots first, or null.</param>
    public void Search(double[]? fleetPrices, CancellationToken cancellationToken)
    {
        double fine = _options.SearchTolerance / 3;
        List<(double[] Prices, double Tolerance)> starts = [(BestPrices, _options.SearchTolerance), (_descent.Board.Multiplier, fine)];
        if (fleetPrices is not null) starts.AddRange([(fleetPrices, _options.SearchTolerance), (fleetPrices, fine)]);
        var searches = new LevelSearch[starts.Count];
        Parallel.For(0, starts.Count, new ParallelOptions { MaxDegreeOfParallelism = _options.ThreadCount, CancellationToken = cancellationToken }, k =>
        {
            PriceLevels start = PriceLevels.From(starts[k].Prices, _days, starts[k].Tolerance, _fleet.Instance.Lambda, _fleet.Units);
            searches[k] = new LevelSearch(_days, _fleet.Instance.Lambda, _fleet.Units, BoundKw);
            searches[k].Run(start.Prices, _options.SearchTries, cancellationToken);
        });
        foreach (LevelSearch search in searches)
        {
            if (search.ValueKw <= BestBoundKw) continue;
            BestBoundKw = search.ValueKw;
            BestPrices = search.Prices;
        }
    }

    public void Run(double[]? warm, CancellationToken cancellationToken)
    {
        bool cold = warm is null;
        if (warm is not null)
        {
            for (int t = 0; t < warm.Length; t++) _descent.Board.Multiplier[_days.Past + t] = Math.Max(-1, warm[t]);
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
            if (IsClose(enough)) break;
        }
    }

    /// <summary>Whether what the sample reaches and what its best prices prove differ by no more than this, relatively.</summary>
    public bool IsClose(double gap) => _descent.PrimalKw() - BestBoundKw <= gap * Math.Max(Math.Abs(BestBoundKw), _days.Slots);

    /// <summary>The dual value of a price vector on the sample, kW without the 1/T.</summary>
    public double BoundKw(PriceLevels levels) =>
        CertificatePhase.ValueKw(_fleet, _days, levels, _fixedKw, _sample);

    /// <summary>Keeps these prices if they prove more on the sample than the best before.</summary>
    public bool Judge(double[] prices)
    {
        PriceLevels levels = PriceLevels.From(prices, _days, 0, _fleet.Instance.Lambda, _fleet.Units);
        double bound = BoundKw(levels);
        if (bound <= BestBoundKw) return false;
        BestBoundKw = bound;
        BestPrices = levels.Prices;
        return true;
    }
}
