namespace Movc.RollingOptimizer.Forecast;

/// <summary>
/// What a forecast is made of: the series a day and a week before target and origin, two weekly profiles, means, and errors of
/// forecasts that are over (docs/math/forecast.md). All but the errors and the constant are differences from the newest value, so that
/// a shifted series has the same features.
/// </summary>
internal sealed class SeasonalFeatures
{
    private const int Plain = 20;
    private const int Harmonics = 4;
    private const int Varying = 6;

    /// <summary>How many there are.</summary>
    public const int Count = Plain + (Harmonics * Varying);

    // The fast profile is mostly the last three weeks, the slow one some fourteen.
    private const double FastRate = .4;
    private const double SlowRate = .07;

    private readonly SeriesHistory _history;
    private readonly LeadAnchors _anchors;
    private readonly WeeklyProfile _fast;
    private readonly WeeklyProfile _slow;
    private readonly double[] _dayMeans;
    private readonly double[] _waves;
    private double _fastNow;
    private double _slowNow;
    private double _dayMean;
    private double _weekMean;

    public SeasonalFeatures(SeriesHistory history, LeadAnchors anchors)
    {
        (_history, _anchors) = (history, anchors);
        int day = history.SlotsPerDay;
        (_fast, _slow) = (new WeeklyProfile(7 * day, FastRate), new WeeklyProfile(7 * day, SlowRate));
        _dayMeans = new double[7 * day];
        _waves = new double[day * Harmonics];
        for (int s = 0; s < day; s++)
        {
            double turn = 2 * Math.PI * s / day;
            (_waves[s * Harmonics], _waves[(s * Harmonics) + 1]) = Math.SinCos(turn);
            (_waves[(s * Harmonics) + 2], _waves[(s * Harmonics) + 3]) = Math.SinCos(2 * turn);
        }
    }

    /// <summary>The series a day before the target, and a week before it, as told by the last features written; fall back on nearer ones.</summary>
    public (double Day, double Week) Seasonal { get; private set; }

    /// <summary>Takes in the newest slot; a slot that was not observed changes no profile.</summary>
    public void Learn()
    {
        long now = _history.Last;
        int day = _history.SlotsPerDay;
        int slotOfWeek = _history.SlotOfWeek(now);
        double y = _history.Now;
        double before = _history.At(now - _history.LagOf(now, 7), y);
        (_fastNow, _slowNow) = (_fast.Of(slotOfWeek, before), _slow.Of(slotOfWeek, before));
        if (_history.WasObserved(now))
        {
            _fast.Learn(slotOfWeek, y);
            _slow.Learn(slotOfWeek, y);
        }
        int kept = (int)Math.Min(now + 1, day);
        // Summed anew: a running sum would keep the rounding of every value it ever held.
        double sum = 0;
        for (int i = 0; i < kept; i++) sum += _history.At(now - i, y);
        _dayMean = sum / kept;
        _dayMeans[now % _dayMeans.Length] = _dayMean;
        double week = 0;
        int days = 0;
        for (; days < 7 && now - (days * day) >= 0; days++) week += _dayMeans[(now - (days * day)) % _dayMeans.Length];
        _weekMean = week / days;
    }

    /// <summary>Writes the features of a lead from the newest slot.</summary>
    public void Write(int lead, LeadErrors errors, Span<double> x)
    {
        long now = _history.Last, target = now + lead;
        int day = _history.SlotsPerDay, days = (lead + day - 1) / day;
        int slotOfWeek = _history.SlotOfWeek(target);
        long dayLag = _history.LagOf(target, days), weekLag = _history.LagOf(target, 7);
        double y = _history.Now;
        double dayThen = _history.At(target - dayLag, y), weekThen = _history.At(target - weekLag, dayThen);
        double dayNow = _history.At(now - dayLag, y), weekNow = _history.At(now - weekLag, dayNow);
        double otherDay = _history.At(target - dayLag - day, dayThen);
        double weekAndDayThen = _history.At(target - weekLag - dayLag, weekThen), weekAndDayNow = _history.At(now - weekLag - dayLag, weekNow);
        int hour = Math.Max(1, day / 24);
        (int a, double share) = _anchors.Around(lead);
        double missedDay = errors.At(a, share, target - dayLag, now), missedNow = errors.At(a, share, now, now);
        Seasonal = (dayThen, weekThen);
        x[0] = dayThen - y;
        x[1] = weekThen - y;
        x[2] = dayNow - y;
        x[3] = weekNow - y;
        x[4] = otherDay - y;
        x[5] = weekAndDayThen - y;
        x[6] = weekAndDayNow - y;
        x[7] = _history.At(now - hour, y) - y;
        x[8] = _history.At(now - (3 * hour), y) - y;
        x[9] = _dayMean - y;
        x[10] = _weekMean - y;
        x[11] = _fast.Of(slotOfWeek, weekThen) - y;
        x[12] = _fastNow - y;
        x[13] = _slow.Of(slotOfWeek, weekThen) - y;
        x[14] = _slowNow - y;
        x[15] = missedDay;
        x[16] = missedNow;
        x[17] = errors.At(0, 0, now, now);
        x[18] = errors.At(a, share, target - weekLag, now);
        x[19] = 1;
        // How much of today's departure from yesterday lasts depends on the hour.
        ReadOnlySpan<double> varying = [dayThen - dayNow, x[2], x[3], weekThen - weekNow - dayThen + dayNow, missedDay, 1];
        ReadOnlySpan<double> waves = _waves.AsSpan(slotOfWeek % day * Harmonics, Harmonics);
        for (int v = 0, at = Plain; v < Varying; v++)
            for (int w = 0; w < Harmonics; w++) x[at++] = varying[v] * waves[w];
    }
}
