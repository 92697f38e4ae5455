using System.Globalization;
using Movc.Domain;
using Movc.Ingest.Time;

namespace Movc.Composition;

/// <summary>Instants as people write and read them: with an offset, or in the city's own time.</summary>
internal static class Instants
{
    private static readonly string[] LocalForms = ["yyyy-MM-dd HH:mm", "yyyy-MM-dd HH:mm:ss", "yyyy-MM-dd'T'HH:mm", "yyyy-MM-dd'T'HH:mm:ss", "yyyy-MM-dd"];

    /// <summary>Reads an instant.</summary>
    /// <exception cref="InputException">It is none.</exception>
    public static DateTimeOffset Parse(string option, string text, NodaCityCalendar calendar)
    {
        if (DateTime.TryParseExact(text, LocalForms, CultureInfo.InvariantCulture, DateTimeStyles.None, out DateTime wall))
            return DateTimeOffset.FromUnixTimeMilliseconds(calendar.ToUnixMs(wall));
        if (text.Length > 10 && (text.EndsWith('Z') || text[10..].IndexOfAny(['+', '-']) > 0)
            && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.None, out DateTimeOffset instant))
            return instant.ToUniversalTime();
        throw new InputException($"{option} \"{text}\": not an instant; write it as 2022-07-18T10:30:00Z, or as \"2022-07-18 18:30\" in the city's time");
    }

    /// <summary>An instant in the city's time.</summary>
    public static string Local(DateTimeOffset at, NodaCityCalendar calendar) => calendar.ToWall(at.ToUnixTimeMilliseconds()).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
}
