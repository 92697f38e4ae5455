namespace Movc.RollingOptimizer.Solver;

/// <summary>The best of the price vectors tried on the whole fleet; each proves a lower bound, the highest one counts.</summary>
internal sealed class BestCertificate(PreparedFleet fleet, DayGroups days, int threads)
{
    private readonly double[] _fixedKw = [.. fleet.Instance.PastLoadKw, .. fleet.Instance.LoadKw];

    /// <summary>The highest bound, kW without the 1/T.</summary>
    public double BoundKw { get; private set; } = double.NegativeInfinity;

    /// <summary>The prices that prove it, past slots first.</summary>
    public double[] Prices { get; private set; } = [];

    /// <summary>Has the whole fleet answer these prices and keeps them if they prove more than the best so far.</summary>
    public void Try(PriceLevels levels, CancellationToken cancellationToken)
    {
        double boundKw = CertificatePhase.ValueKw(fleet, days, levels, _fixedKw, threads, cancellationToken);
        if (boundKw <= BoundKw) return;
        BoundKw = boundKw;
        Prices = levels.Prices;
    }

    public PriceLevels Exact(double[] prices) => PriceLevels.From(prices, days, 0, fleet.Instance.Lambda, fleet.Units);

    /// <summary>The coarsest levels that cost next to nothing on the sample: few levels make the certificate's pass fast.</summary>
    public PriceLevels Coarsest(SamplePhase sample, double[] prices, double firstTolerance)
    {
        PriceLevels exact = Exact(prices);
        double exactKw = sample.BoundKw(exact);
        double allowedKw = 5e-6 * Math.Abs(exactKw);
        for (double tolerance = firstTolerance; tolerance > 5e-4; tolerance /= 2)
        {
            PriceLevels snapped = PriceLevels.From(prices, days, tolerance, fleet.Instance.Lambda, fleet.Units);
            if (sample.BoundKw(snapped) >= exactKw - allowedKw) return snapped;
        }
        return exact;
    }
}
