using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace Movc.Studies.Estimation.Input;

/// <summary>Reads a time as files write it: ISO 8601 with or without zone, a blank for the T, or Unix seconds or milliseconds.</summary>
internal static class TimeText
{
    private const long EarliestMs = 631_152_000_000, LatestMs = 4_102_444_800_000;

    /// <summary>Reads a time.</summary>
    /// <param name="text">UTF-8.</param>
    /// <param name="unixMs">UTC where the text has a zone or is a number, else as if it were UTC.</param>
    /// <param name="hasZone">Whether it says its zone.</param>
    /// <returns>False where it is no time between 1990 and 2100.</returns>
    public static bool TryRead(ReadOnlySpan<byte> text, out long unixMs, out bool hasZone)
    {
        hasZone = true;
        if (TryReadPlain(text, out unixMs, out ReadOnlySpan<byte> zone))
        {
            if (zone.IsEmpty) hasZone = false;
            else if (!TryReadZone(zone, ref unixMs)) return false;
        }
        else if (Utf8Parser.TryParse(text, out double number, out int used) && used == text.Length)
        {
            // Seconds reach this size in the year 5138, milliseconds in 1973.
            unixMs = (long)Math.Round(Math.Abs(number) < 1e11 ? number * 1000 : number);
        }
        else
        {
            if (!DateTimeOffset.TryParse(Encoding.UTF8.GetString(text), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset any)) return false;
            unixMs = any.ToUnixTimeMilliseconds();
            hasZone = text.IndexOfAny((byte)'+', (byte)'Z') >= 0;
        }
        return unixMs is >= EarliestMs and < LatestMs;
    }

    /// <summary>yyyy-MM-dd HH:mm[:ss[.fff]] with - or / and a blank or T, and what comes after.</summary>
    private static bool TryReadPlain(ReadOnlySpan<byte> t, out long unixMs, out ReadOnlySpan<byte> zone)
    {
        unixMs = 0;
        zone = default;
        if (t.Length < 16 || t[4] is not ((byte)'-' or (byte)'/') || t[7] != t[4] || t[10] is not ((byte)' ' or (byte)'T') || t[13] != ':') return false;
        if (!Digits(t, 0, 4, out int year) || !Digits(t, 5, 2, out int month) || !Digits(t, 8, 2, out int day) || !Digits(t, 11, 2, out int hour) || !Digits(t, 14, 2, out int minute)) return false;
        int at = 16, second = 0, milli = 0;
        if (at < t.Length && t[at] == ':')
        {
            if (!Digits(t, at + 1, 2, out second)) return false;
            at += 3;
            if (at < t.Length && t[at] == '.')
            {
                int weight = 100;
                for (at++; at < t.Length && t[at] is >= (byte)'0' and <= (byte)'9'; at++, weight /= 10) milli += (t[at] - '0') * weight;
            }
        }
        if (year < 1 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month) || hour > 23 || minute > 59 || second > 59) return false;
        unixMs = ((((((new DateOnly(year, month, day).DayNumber - 719_162L) * 24) + hour) * 60) + minute) * 60_000) + (second * 1000) + milli;
        zone = t[at..];
        return true;
    }

    private static bool TryReadZone(ReadOnlySpan<byte> zone, ref long unixMs)
    {
        if (zone.Length == 1 && zone[0] is (byte)'Z' or (byte)'z') return true;
        if (zone.Length is not (3 or 5 or 6) || zone[0] is not ((byte)'+' or (byte)'-') || !Digits(zone, 1, 2, out int hours)) return false;
        int minutes = 0;
        if (zone.Length > 3 && !Digits(zone, zone.Length - 2, 2, out minutes)) return false;
        if (hours > 14 || minutes > 59) return false;
        unixMs -= (zone[0] == '-' ? -1 : 1) * ((hours * 60) + minutes) * 60_000L;
        return true;
    }

    private static bool Digits(ReadOnlySpan<byte> text, int from, int count, out int value)
    {
        value = 0;
        if (from + count > text.Length) return false;
        for (int i = from; i < from + count; i++)
        {
            if (text[i] is < (byte)'0' or > (byte)'9') return false;
            value = (value * 10) + (text[i] - '0');
        }
        return true;
    }
}
