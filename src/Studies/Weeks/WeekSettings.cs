using System.Globalization;
using Movc.Domain.Charging;

namespace Movc.Studies.Weeks;

/// <summary>What a simulated week depends on beside the city's parameters: nothing of load, willingness or dispatch.</summary>
public sealed record WeekSettings
{
    /// <summary>1 or more.</summary>
    public required int Vehicles { get; init; }

    public required long Seed { get; init; }

    public ChargingCase Case { get; init; } = ChargingCase.Base;

    /// <summary>Share of vehicles that can charge quickly at home too, 0 to 1.</summary>
    public double QuickAtHomeShare { get; init; }

    /// <summary>Days from a Monday 0:00 on, 1 to 42.</summary>
    public int Days { get; init; } = 7;

    /// <summary>Weeks lived before [S].</summary>
    public int WarmUpWeeks { get; init; } = 2;

    /// <summary>All of it as one line: equal lines, equal weeks.</summary>
    public string Canonical => string.Create(
        CultureInfo.InvariantCulture,
        $"vehicles={Vehicles} seed={Seed} case={Case} quickAtHome={QuickAtHomeShare:R} days={Days} warmUpWeeks={WarmUpWeeks}");
}
