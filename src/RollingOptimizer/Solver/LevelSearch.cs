using Movc.VehicleKernel.Storage;

namespace Movc.RollingOptimizer.Solver;

/// <summary>
/// Raises the bound by moving single slots between price levels. The best prices have few levels, and which level a slot at the edge
/// of two belongs to decides more than the levels' exact values; the values follow from the ties among them and the days' sums.
/// </summary>
internal sealed class LevelSearch
{
    private const double FirstSlide = .004;
    private const double LeastSlide = .0002;
    private readonly DayGroups _days;
    private readonly LevelTies _ties;
    private readonly double _lambda;
    private readonly EnergyUnits _units;
    private readonly Func<PriceLevels, double> _valueKw;
    private int _left;

    /// <param name="valueKw">What prices prove, kW.</param>
    public LevelSearch(DayGroups days, double lambda, EnergyUnits units, Func<PriceLevels, double> valueKw)
    {
        (_days, _lambda, _units, _valueKw) = (days, lambda, units, valueKw);
        _ties = new LevelTies(days, lambda, (double)units.PerChargeWatt / units.PerDischargeWatt);
    }

    /// <summary>Best prices found, lawful, past slots first.</summary>
    public double[] Prices { get; private set; } = [];

    /// <summary>What they prove, kW.</summary>
    public double ValueKw { get; private set; } = double.NegativeInfinity;

    /// <summary>Moves slots until no single move helps, or for at most so many tries.</summary>
    public void Run(double[] prices, int tries, CancellationToken cancellationToken)
    {
        _left = tries;
        Try(prices);
        double[] tied = (double[])prices.Clone();
        _ties.Balance(tied);
        Try(tied);
        bool moved = true;
        while (moved && _left > 0)
        {
            cancellationToken.ThrowIfCancellationRequested();
            moved = false;
            for (int d = 0; d < _days.Days; d++)
            {
                for (int k = Math.Max(_days.Past, _days.From[d]) + 1; k < _days.From[d + 1] && _left > 0; k++)
                {
                    if (Prices[k] == Prices[k - 1]) continue;
                    moved |= Move(k, Prices[k - 1]) || Move(k - 1, Prices[k]);
                }
            }
            moved |= Slide();
        }
    }

    private bool Move(int slot, double price)
    {
        double[] moved = (double[])Prices.Clone();
        moved[slot] = price;
        _ties.Balance(moved);
        return Try(moved);
    }

    /// <summary>Moves whole levels along their ties, each way as far as it proves more.</summary>
    private bool Slide()
    {
        bool moved = false;
        foreach (double[] slide in _ties.Slides(Prices))
        {
            foreach (double way in new[] { FirstSlide, -FirstSlide })
            {
                double step = way;
                bool better = false;
                while (_left > 0 && Math.Abs(step) >= LeastSlide)
                {
                    bool helps = Try([.. Prices.Select((p, k) => p + (step * slide[k]))]);
                    better |= helps;
                    step *= helps ? 2 : .25;
                }
                moved |= better;
                if (better) break;
            }
        }
        return moved;
    }

    private bool Try(double[] prices)
    {
        _left--;
        PriceLevels levels = PriceLevels.From(prices, _days, 0, _lambda, _units);
        double valueKw = _valueKw(levels);
        if (valueKw <= ValueKw) return false;
        (Prices, ValueKw) = (levels.Prices, valueKw);
        return true;
    }
}
