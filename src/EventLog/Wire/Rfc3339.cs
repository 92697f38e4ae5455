using System.Globalization;
using System.Text;

namespace Movc.EventLog.Wire;

/// <summary>Instants as CloudEvents writes them, "2022-07-18T00:00:00.000Z"; milliseconds at most.</summary>
public static class Rfc3339
{
    /// <summary>Length of what <see cref="Format"/> writes.</summary>
    public const int Length = 24;

    private const string Pattern = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";

    /// <summary>Writes an instant, Unix milliseconds UTC, into 24 bytes.</summary>
    public static void Format(long unixMs, Span<byte> room)
    {
        if (!DateTime.UnixEpoch.AddMilliseconds(unixMs).TryFormat(room, out _, Pattern, CultureInfo.InvariantCulture))
            throw new ArgumentException("24 bytes are needed", nameof(room));
    }

    /// <summary>Reads an instant with any offset; digits under a millisecond are cut off.</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, out long unixMs)
    {
        // The form that every source of ours writes, by hand: parsing text is a large part of reading an event.
        if (text.Length == Length && text[23] == 'Z' && text[4] == '-' && text[7] == '-' && text[10] == 'T' && text[13] == ':' && text[16] == ':' && text[19] == '.'
            && Digits(text, 0, 4, out int year) && Digits(text, 5, 2, out int month) && Digits(text, 8, 2, out int day)
            && Digits(text, 11, 2, out int hour) && Digits(text, 14, 2, out int minute) && Digits(text, 17, 2, out int second) && Digits(text, 20, 3, out int ms)
            && year >= 1 && month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(year, month) && hour < 24 && minute < 60 && second < 60)
        {
            unixMs = (new DateTime(year, month, day, hour, minute, second, ms, DateTimeKind.Utc).Ticks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerMillisecond;
            return true;
        }
        unixMs = 0;
        if (text.Length is < 20 or > 40 || text[10] is not ((byte)'T' or (byte)'t')) return false;
        if (!DateTimeOffset.TryParse(Encoding.ASCII.GetString(text), CultureInfo.InvariantCulture, DateTimeStyles.None, out DateTimeOffset at)) return false;
        bool hasOffset = text[^1] is (byte)'Z' or (byte)'z' || text[19..].IndexOfAny((byte)'+', (byte)'-') >= 0;
        unixMs = at.ToUnixTimeMilliseconds();
        return hasOffset;
    }

    private static bool Digits(ReadOnlySpan<byte> text, int from, int count, out int value)
    {
        value = 0;
        for (int i = from; i < from + count; i++)
        {
            int digit = text[i] - '0';
            if ((uint)digit > 9) return false;
            value = (value * 10) + digit;
        }
        return true;
    }
}
