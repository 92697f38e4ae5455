using Movc.Domain.Charging;
using Movc.Domain.Habits;
using Movc.Domain.Places;
using Movc.Domain.Time;

namespace Movc.Domain.Fleet;

/// <summary>What a city's twin reckons with between events.</summary>
/// <param name="Unmanaged">How vehicles charge that nobody dispatches.</param>
/// <param name="Calendar">City time, by whose days habits go.</param>
public sealed record FleetModel(UnmanagedCharging Unmanaged, ICityCalendar Calendar)
{
    /// <summary>A city without a tariff that lives by UTC.</summary>
    public static FleetModel Plain { get; } = new(UnmanagedCharging.AtOnce, UtcCalendar.Instance);

    /// <summary>The city's districts.</summary>
    public IDistrictMap Districts { get; init; } = NoDistricts.Instance;

    /// <summary>What is expected of vehicles beyond what was told.</summary>
    public IPlugOutlook Outlook { get; init; } = new HabitOutlook();
}
