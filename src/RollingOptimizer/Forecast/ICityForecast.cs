using Movc.RollingOptimizer.Plans;

namespace Movc.RollingOptimizer.Forecast;

/// <summary>Foresees what the city draws beside the vehicles that are planned one by one. One caller.</summary>
public interface ICityForecast
{
    /// <summary>For people: how it foresees.</summary>
    string Description { get; }

    /// <summary>Learns from an interval that is over. Called with rising instants; some may be missing.</summary>
    void Observe(in RealizedSlot slot);

    /// <summary>Foresees a horizon.</summary>
    /// <param name="fromMs">Its first interval, Unix milliseconds UTC; all before it are over.</param>
    /// <param name="slots">Its length.</param>
    HorizonForecast Forecast(long fromMs, int slots);
}
