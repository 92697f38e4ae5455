namespace Movc.RollingOptimizer.Forecast;

/// <summary>
/// What a series of slot means will be, told from its past alone. Observations come in order, one a slot; slots may be left out.
/// The same observations give the same forecasts, bit for bit. Not for several threads at once.
/// </summary>
public interface ISeriesForecaster
{
    /// <summary>For reports: "last week".</summary>
    string Name { get; }

    /// <summary>Takes the value of a slot that is over.</summary>
    /// <param name="atMs">Start of the slot, Unix milliseconds UTC; whole slots after the first one observed.</param>
    /// <param name="value">Mean of the slot in the series' own unit, of any sign.</param>
    /// <exception cref="ArgumentException">
    /// The value is not finite or over 1e100 in magnitude, the instant lies between two slots, or that slot or a later one was
    /// observed before: a slot is observed once. Nothing has changed then.
    /// </exception>
    void Observe(long atMs, double value);

    /// <summary>Foretells consecutive slots. Changes nothing: it may be asked as often and as far ahead as one likes.</summary>
    /// <param name="fromMs">Start of the first slot, Unix milliseconds UTC, after the last one observed; later after a hole.</param>
    /// <param name="slots">How many, 1 or more.</param>
    /// <exception cref="ArgumentException">The instant lies between two slots or is not after the last observation; no slot is asked for.</exception>
    /// <exception cref="InvalidOperationException">Nothing was observed yet.</exception>
    SeriesForecast Forecast(long fromMs, int slots);
}
