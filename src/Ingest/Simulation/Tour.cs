namespace Movc.Ingest.Simulation;

/// <summary>
/// One tour of a vehicle, home → away → home: 24 bytes. Its four moments are departure, arrival away, departure from there,
/// arrival home; the way takes the same time and energy in both directions.
/// </summary>
internal struct Tour
{
    public const int Moments = 4;

    /// <summary>Departure from home, Unix milliseconds UTC; 0 = no tour is known up to and without <see cref="Day"/>.</summary>
    public long DepartMs;

    /// <summary>Local day on which the tour begins; where none is known, the first day not looked at yet.</summary>
    public int Day;

    /// <summary>From the departure from home to the departure from the destination, seconds.</summary>
    public int LeaveAfterSeconds;

    /// <summary>Charge Only energy at the departure from home, Wh.</summary>
    public int DepartWh;

    /// <summary>Charge Only energy at the departure from the destination, Wh.</summary>
    public int LeaveWh;

    public readonly bool IsKnown => DepartMs != 0;

    /// <summary>Instant of a moment: 0 departure, 1 arrival away, 2 departure from there, 3 arrival home.</summary>
    public readonly long MomentMs(int moment, int tripSeconds) => DepartMs + 1000L * moment switch
    {
        0 => 0,
        1 => tripSeconds,
        2 => LeaveAfterSeconds,
        _ => LeaveAfterSeconds + tripSeconds,
    };

    public readonly long ReturnMs(int tripSeconds) => DepartMs + 1000L * (LeaveAfterSeconds + tripSeconds);

    /// <summary>Stands for "at home with this energy since then", where no earlier tour is known.</summary>
    public static Tour AtHomeSince(long sinceMs, int energyWh, in VehicleTraits traits) => new()
    {
        Day = int.MinValue,
        DepartMs = sinceMs - 1000L * traits.TripSeconds,
        LeaveWh = energyWh + traits.TripWh,
        DepartWh = energyWh + traits.TripWh,
    };
}
