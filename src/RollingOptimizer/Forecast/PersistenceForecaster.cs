using Movc.Domain.Time;

namespace Movc.RollingOptimizer.Forecast;

/// <summary>The last observed value carried on: what any forecast must beat.</summary>
public sealed class PersistenceForecaster(long slotMs, ICityCalendar calendar, int horizonSlots) : GridForecaster("persistence", slotMs, calendar, horizonSlots)
{
    /// <inheritdoc/>
    private protected override double Predict(int lead) => History.Now;
}
