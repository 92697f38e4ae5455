namespace Movc.Ingest.Simulation;

/// <summary>Weekdays of day numbers (days since 1970-01-01). Public holidays are not known.</summary>
public static class CityDays
{
    /// <summary>0 = Monday; 1970-01-01 was a Thursday.</summary>
    public static int Weekday(int day) => (((day + 3) % 7) + 7) % 7;
}
