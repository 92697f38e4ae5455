namespace Movc.RollingOptimizer.Solver;

/// <summary>
/// The last vehicles of the fleet, kept as numbers: mixtures of answers fill what the pass left, which extreme schedules of whole
/// vehicles could not (the pass stops at the load of some four vehicles a slot, however large the fleet).
/// </summary>
internal sealed class TailPhase
{
    private const double FirstDelta = .2;
    private const double LastDelta = .01;
    private const int CoolingSweeps = 4;
    private const double WorthASweep = .03;
    private readonly BlockDescent _descent;
    private readonly int _count;
    private readonly double _widthW;

    /// <param name="vehicles">The vehicles of the tail.</param>
    /// <param name="besideW">Load of the city and of all vehicles before, past slots first, W.</param>
    /// <param name="restW">Mean net power expected of a vehicle, W per slot.</param>
    /// <param name="multiplier">μ of the pass, past slots first.</param>
    /// <param name="powerW">Largest charging power of all these vehicles together, W.</param>
    public TailPhase(PreparedFleet fleet, DayGroups days, int[] vehicles, double[] besideW, double[] restW, double[] multiplier, double powerW, bool tiesByLoad)
    {
        _count = vehicles.Length;
        _descent = new BlockDescent(fleet, days, vehicles, besideW, restW, tiesByLoad, keepStored: true);
        multiplier.CopyTo(_descent.Board.Multiplier, 0);
        _widthW = Math.Max(1, 6 * powerW);
    }

    /// <summary>
    /// Multipliers at the end, past slots first. They answer the load of the whole city, which a sample only estimates: where the
    /// sample's prices stand on the wrong side of a kink, these prove more.
    /// </summary>
    public double[] LastPrices => _descent.Board.Multiplier;

    /// <summary>Energy gained per vehicle and slot, units, not whole.</summary>
    public double[] Stored => _descent.Stored;

    /// <summary>Sweeps until the objective is at most <paramref name="enoughKw"/>, or no longer falls, or the sweeps are over.</summary>
    /// <returns>The objective reached, kW without the 1/T.</returns>
    /// <param name="besideThroughputKw">λ times the throughput of all vehicles before, kW.</param>
    public double Run(int sweeps, double besideThroughputKw, double enoughKw, CancellationToken cancellationToken)
    {
        double before = double.PositiveInfinity, primal = before;
        for (int sweep = 0; sweep < sweeps; sweep++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            double progress = Math.Min(1, sweep / (double)CoolingSweeps);
            double deltaW = _widthW * FirstDelta * Math.Pow(LastDelta / FirstDelta, progress);
            _descent.Sweep(deltaW, _count, (_count + 1) / 2, first: sweep == 0);
            primal = _descent.PrimalKw() + besideThroughputKw;
            if (primal <= enoughKw || before - primal < WorthASweep * (before - enoughKw)) break;
            before = primal;
        }
        return primal;
    }
}
