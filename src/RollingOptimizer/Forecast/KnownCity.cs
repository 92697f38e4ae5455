using Movc.Domain.Sources;
using Movc.Domain.Time;
using Movc.RollingOptimizer.Plans;

namespace Movc.RollingOptimizer.Forecast;

/// <summary>Knows the city's load as it will be: perfect foresight, for comparison. Of vehicles it knows only the sessions that have begun.</summary>
public sealed class KnownCity(ICityLoad load) : ICityForecast
{
    /// <inheritdoc/>
    public string Description => "the load as it will be";

    /// <inheritdoc/>
    public void Observe(in RealizedSlot slot)
    {
        // Nothing to learn.
    }

    /// <inheritdoc/>
    public HorizonForecast Forecast(long fromMs, int slots)
    {
        var kw = new double[slots];
        for (int t = 0; t < slots; t++) kw[t] = load.LoadKw(fromMs + (t * Slots.Ms));
        return new HorizonForecast(kw);
    }
}
