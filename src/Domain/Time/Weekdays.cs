namespace Movc.Domain.Time;

/// <summary>Weekdays of day numbers (days since 1970-01-01). Public holidays are not known.</summary>
public static class Weekdays
{
    /// <summary>0 = Monday; 1970-01-01 was a Thursday.</summary>
    public static int Of(int day) => (((day + 3) % 7) + 7) % 7;

    /// <summary>Saturday or Sunday.</summary>
    public static bool IsWeekend(int day) => Of(day) >= 5;
}
