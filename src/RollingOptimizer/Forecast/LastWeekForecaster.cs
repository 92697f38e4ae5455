using Movc.Domain.Time;

namespace Movc.RollingOptimizer.Forecast;

/// <summary>
/// The value of the same local hour a week before; while no week has been seen that of the last day, and before that the last
/// value.
/// </summary>
public sealed class LastWeekForecaster(long slotMs, ICityCalendar calendar, int horizonSlots) : GridForecaster("last week", slotMs, calendar, horizonSlots)
{
    /// <inheritdoc/>
    private protected override double Predict(int lead)
    {
        long slot = History.Last + lead;
        int days = (lead + History.SlotsPerDay - 1) / History.SlotsPerDay;
        return History.At(slot - History.LagOf(slot, 7), History.At(slot - History.LagOf(slot, days), History.Now));
    }
}
