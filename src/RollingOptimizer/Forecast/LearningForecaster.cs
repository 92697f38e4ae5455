using Movc.Domain.Time;

namespace Movc.RollingOptimizer.Forecast;

/// <summary>
/// A forecaster that learns as it goes: for each anchor lead a regression with forgetting on season, weekday and recent errors,
/// beside it last week, last day and persistence, weighted by how they did of late (docs/math/forecast.md). It begins with the
/// first observation. Deterministic, independent of the series' unit and zero, of fixed memory: some 3 MB for 10-minute slots and a
/// horizon of 216.
/// </summary>
public sealed class LearningForecaster : GridForecaster
{
    /// <summary>What counts at a lead beside the regression: last week, last day, persistence.</summary>
    private const int Experts = 4;
    private const double HalfLifeDays = 28;
    private const double Ridge = 1e-4;
    private const double ExpertDays = 7;
    private const double ExpertPower = 12;
    // Weights are solved anew six times a day: oftener changes nothing that is measured.
    private const int SolvesPerDay = 6;

    private readonly int _slotsPerDay;
    private readonly double _keep;
    private readonly double[] _x = new double[SeasonalFeatures.Count];
    private readonly double[] _between = new double[SeasonalFeatures.Count];
    private readonly double[] _work = new double[SeasonalFeatures.Count * (SeasonalFeatures.Count + 1)];
    private SeasonalFeatures _features;
    private Lead[] _leads;

    /// <param name="slotMs">Length of a slot, ms; a whole part of a day.</param>
    /// <param name="calendar">Wall clock that people behind the series live by.</param>
    /// <param name="horizonSlots">Farthest lead that is learned, 1 to a week's slots; beyond it the last day repeats.</param>
    public LearningForecaster(long slotMs, ICityCalendar calendar, int horizonSlots)
        : base("learned", slotMs, calendar, horizonSlots)
    {
        _slotsPerDay = Anchors.SlotsPerDay;
        _keep = Math.Pow(.5, 1.0 / (HalfLifeDays * _slotsPerDay));
        _features = new SeasonalFeatures(History, Anchors);
        _leads = [.. Anchors.Leads.Select(lead => new Lead(lead, _slotsPerDay, _keep))];
    }

    /// <inheritdoc/>
    private protected override void Forget()
    {
        _features = new SeasonalFeatures(History, Anchors);
        _leads = [.. Anchors.Leads.Select(lead => new Lead(lead, _slotsPerDay, _keep))];
    }

    /// <inheritdoc/>
    private protected override void Learn()
    {
        _features.Learn();
        long now = History.Last;
        int every = Math.Max(1, _slotsPerDay / SolvesPerDay);
        for (int a = 0; a < _leads.Length; a++)
        {
            Lead lead = _leads[a];
            if (!History.WasObserved(now) || !History.WasObserved(now - lead.Ahead)) continue;
            lead.Learn(now, History.At(now - lead.Ahead, 0), History.Now);
            // In turn, so that no slot bears the cost of all leads.
            if (lead.Samples < every || (now + a) % every == 0) lead.Solve(_work);
        }
    }

    /// <inheritdoc/>
    private protected override double PredictAnchor(int anchor)
    {
        Lead lead = _leads[anchor];
        Span<double> x = lead.FeaturesOf(History.Last);
        _features.Write(lead.Ahead, Errors, x);
        double regression = Regression(x, lead.Weights);
        Span<double> foretold = lead.ForetoldAt(History.Last);
        long target = History.Last + lead.Ahead;
        (double day, double week) = _features.Seasonal;
        foretold[0] = lead.Samples > 0 ? regression : double.NaN;
        foretold[1] = History.Has(target - History.LagOf(target, 7)) ? week : double.NaN;
        foretold[2] = History.Last >= _slotsPerDay ? day : double.NaN;
        foretold[3] = History.Now;
        return Mix(lead.Mix.Weights, lead.Mix.Weights, 0, regression);
    }

    /// <inheritdoc/>
    private protected override double Predict(int lead)
    {
        (int a, double share) = Anchors.Around(lead);
        _features.Write(lead, Errors, _x);
        Lead below = _leads[a], above = share > 0 ? _leads[a + 1] : below;
        ReadOnlySpan<double> weights = below.Weights;
        if (share > 0)
        {
            for (int i = 0; i < _between.Length; i++) _between[i] = below.Weights[i] + (share * (above.Weights[i] - below.Weights[i]));
            weights = _between;
        }
        return Mix(below.Mix.Weights, above.Mix.Weights, share, Regression(_x, weights));
    }

    /// <summary>Kept within what was seen and half of its range beyond: weights learned on other data may lead anywhere.</summary>
    private double Regression(ReadOnlySpan<double> x, ReadOnlySpan<double> weights)
    {
        double sum = 0;
        for (int i = 0; i < x.Length; i++) sum += x[i] * weights[i];
        // Features of 1e-125 beside values of 1e100 can overflow; nothing is known then.
        if (!double.IsFinite(sum)) return History.Now;
        (double min, double max) = History.Range;
        double beyond = .5 * (max - min);
        return Math.Clamp(History.Now + sum, min - beyond, max + beyond);
    }

    private double Mix(double[] below, double[] above, double share, double regression)
    {
        double now = History.Now;
        (double day, double week) = _features.Seasonal;
        double Weight(int k) => below[k] + (share * (above[k] - below[k]));
        return now + (Weight(0) * (regression - now)) + (Weight(1) * (week - now)) + (Weight(2) * (day - now));
    }

    /// <summary>What one anchor lead has learned, and the features and forecasts that wait for their observation.</summary>
    private sealed class Lead(int ahead, int slotsPerDay, double keep)
    {
        private readonly double[] _features = new double[ahead * SeasonalFeatures.Count];
        private readonly double[] _foretold = new double[ahead * Experts];
        private readonly ForgettingRegression _regression = new(SeasonalFeatures.Count, keep, Ridge);
        private double _usual;

        public int Ahead => ahead;

        public long Samples { get; private set; }

        public double[] Weights { get; } = new double[SeasonalFeatures.Count];

        public ExpertWeights Mix { get; } = new(Experts, ExpertDays * slotsPerDay, ExpertPower);

        public Span<double> FeaturesOf(long origin) => _features.AsSpan((int)(origin % ahead) * SeasonalFeatures.Count, SeasonalFeatures.Count);

        public Span<double> ForetoldAt(long origin) => _foretold.AsSpan((int)(origin % ahead) * Experts, Experts);

        public void Learn(long now, double origin, double value)
        {
            ReadOnlySpan<double> foretold = ForetoldAt(now - ahead);
            double missed = Math.Abs((double.IsNaN(foretold[0]) ? origin : foretold[0]) - value);
            // Beyond the usual error a sample counts in proportion to its error, no longer to the square (Huber's weights).
            double weight = missed > _usual && _usual > 0 ? _usual / missed : 1;
            Samples++;
            _usual += Math.Max(1.0 / (7 * slotsPerDay), 1.0 / Samples) * (missed - _usual);
            _regression.Learn(FeaturesOf(now - ahead), value - origin, weight);
            Mix.Learn(foretold, value);
        }

        public void Solve(Span<double> work) => _regression.Solve(Weights, work);
    }
}
