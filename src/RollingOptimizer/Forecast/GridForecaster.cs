using Movc.Domain.Time;

namespace Movc.RollingOptimizer.Forecast;

/// <summary>
/// What all forecasters here share: the grid of slots, holes, the horizon and the band of own errors. A slot left out is filled with what
/// was foretold for it, is never learned from and never scored; after a hole longer than the history kept everything starts anew.
/// Beyond the horizon the last day within it repeats. All memory is taken at construction; observing allocates only where a hole
/// is filled.
/// </summary>
public abstract class GridForecaster : ISeriesForecaster
{
    // Squares and their sums over years must stay finite.
    private const double Largest = 1e100;

    private LeadErrors _errors;

    /// <param name="name">For reports.</param>
    /// <param name="slotMs">Length of a slot, ms; a whole part of a day.</param>
    /// <param name="calendar">Wall clock that people behind the series live by.</param>
    /// <param name="horizonSlots">Farthest lead that is scored, 1 to a week's slots.</param>
    private protected GridForecaster(string name, long slotMs, ICityCalendar calendar, int horizonSlots)
    {
        ArgumentNullException.ThrowIfNull(calendar);
        ArgumentOutOfRangeException.ThrowIfLessThan(slotMs, 60_000);
        if (86_400_000 % slotMs != 0) throw new ArgumentOutOfRangeException(nameof(slotMs), slotMs, "a day is no whole number of slots");
        int slotsPerDay = (int)(86_400_000 / slotMs);
        ArgumentOutOfRangeException.ThrowIfLessThan(horizonSlots, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(horizonSlots, 7 * slotsPerDay);
        (Name, SlotMs) = (name, slotMs);
        Anchors = new LeadAnchors(slotsPerDay, horizonSlots);
        // The farthest look back: a week and as many days as the horizon has before the origin, and a day for the clock.
        int days = 9 + ((horizonSlots + slotsPerDay - 1) / slotsPerDay);
        History = new SeriesHistory(slotMs, calendar, days * slotsPerDay);
        _errors = new LeadErrors(Anchors, History.Capacity);
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <summary>Length of a slot, ms.</summary>
    public long SlotMs { get; }

    private protected LeadAnchors Anchors { get; }

    private protected SeriesHistory History { get; }

    private protected LeadErrors Errors => _errors;

    /// <inheritdoc/>
    public void Observe(long atMs, double value)
    {
        if (!double.IsFinite(value) || Math.Abs(value) > Largest) throw new ArgumentException($"{value} is no value of a series; give a finite number up to 1e100 in magnitude", nameof(value));
        long slot = History.IndexOf(atMs);
        if (History.Last >= 0)
        {
            if (slot <= History.Last) throw new ArgumentException($"the slot at {atMs} ms or a later one was observed before", nameof(atMs));
            long missing = slot - History.Last - 1;
            if (missing >= History.Capacity) Restart(atMs);
            else if (missing > 0) Fill(missing);
        }
        else
        {
            History.Start(atMs);
        }
        Take(value, observed: true);
    }

    /// <inheritdoc/>
    public SeriesForecast Forecast(long fromMs, int slots)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(slots, 1);
        if (History.Last < 0) throw new InvalidOperationException("nothing was observed yet");
        long first = History.IndexOf(fromMs) - History.Last;
        if (first < 1) throw new ArgumentException($"the slot at {fromMs} ms or a later one was observed already; a forecast begins after it", nameof(fromMs));
        var forecast = new SeriesForecast(fromMs, SlotMs, new double[slots], new double[slots], new double[slots]);
        for (int i = 0; i < slots; i++)
        {
            int lead = Anchors.Fold(first + i);
            double mean = Predict(lead);
            forecast.Mean[i] = mean;
            (forecast.Low[i], forecast.High[i]) = _errors.Band(lead, mean, History.SlotOfWeek(History.Last + lead), History.Range);
        }
        return forecast;
    }

    /// <summary>The value expected so many slots after the newest one.</summary>
    /// <param name="lead">From 1 to the horizon.</param>
    private protected abstract double Predict(int lead);

    /// <summary>Learns from the newest slot, before anything is foretold from it.</summary>
    private protected virtual void Learn()
    {
    }

    /// <summary>Foretells the anchor leads from the newest slot and keeps what learning will need of it.</summary>
    private protected virtual double PredictAnchor(int anchor) => Predict(Anchors.Leads[anchor]);

    /// <summary>Forgets everything.</summary>
    private protected virtual void Forget()
    {
    }

    private void Take(double value, bool observed)
    {
        History.Append(value, observed);
        _errors.Score(History);
        Learn();
        for (int a = 0; a < Anchors.Count; a++) _errors.Issue(a, History.Last, PredictAnchor(a));
    }

    private void Fill(long missing)
    {
        var expected = new double[missing];
        for (int i = 0; i < expected.Length; i++) expected[i] = Predict(Anchors.Fold(i + 1L));
        foreach (double value in expected) Take(value, observed: false);
    }

    private void Restart(long atMs)
    {
        History.Start(atMs);
        _errors = new LeadErrors(Anchors, History.Capacity);
        Forget();
    }
}
