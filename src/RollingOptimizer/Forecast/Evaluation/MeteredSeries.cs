namespace Movc.RollingOptimizer.Forecast.Evaluation;

/// <summary>A metered series without holes, to hold forecasters against.</summary>
/// <param name="Name">For reports.</param>
/// <param name="Unit">Of the values: kW, kWh.</param>
/// <param name="FirstMs">Start of the first slot on the series' own wall clock, read as Unix milliseconds UTC.</param>
/// <param name="SlotMs">Length of a slot, ms.</param>
/// <param name="Values">A finite value a slot.</param>
public sealed record MeteredSeries(string Name, string Unit, long FirstMs, long SlotMs, double[] Values)
{
    /// <summary>Slots of a day.</summary>
    public int SlotsPerDay => (int)(86_400_000 / SlotMs);
}
