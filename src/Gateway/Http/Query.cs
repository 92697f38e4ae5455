using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace Movc.Gateway.Http;

/// <summary>Reads query parameters strictly: a name or value that is not known is refused, never ignored.</summary>
internal static class Query
{
    public const int MaxLimit = 1000;

    /// <summary>Null when the request has only the parameters named, each at most once; else the refusal.</summary>
    public static IResult? Unknown(HttpRequest request, params ReadOnlySpan<string> names)
    {
        foreach ((string name, Microsoft.Extensions.Primitives.StringValues values) in request.Query)
        {
            if (!names.Contains(name, StringComparer.Ordinal))
            {
                return Problems.Of(
                    StatusCodes.Status400BadRequest, "Query not understood", $"there is no parameter \"{Problems.Shorten(name)}\" here",
                    names.Length == 0 ? "ask without parameters" : $"use {string.Join(" or ", names!)}");
            }
            if (values.Count > 1) return Problems.BadQuery(name, values.ToString(), $"give {name} once");
        }
        return null;
    }

    /// <summary>Reads a limit of 1 to <paramref name="most"/>.</summary>
    public static IResult? Limit(string? text, int absent, out int limit, int most = MaxLimit)
    {
        limit = absent;
        if (text is null) return null;
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out limit) && limit >= 1 && limit <= most
            ? null
            : Problems.BadQuery("limit", text, string.Create(CultureInfo.InvariantCulture, $"give a whole number from 1 to {most}"));
    }

    /// <summary>Reads an instant in ISO 8601 with its offset; null when absent.</summary>
    public static IResult? Instant(string name, string? text, out DateTimeOffset? instant)
    {
        instant = null;
        if (text is null) return null;
        // A plus sign that was not escaped arrives as a space.
        string repaired = text.Replace(' ', '+');
        foreach (string format in (ReadOnlySpan<string>)["yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK"])
        {
            // Without an offset nobody knows which instant is meant: AssumeUniversal would guess.
            bool zoned = repaired.EndsWith('Z') || repaired.LastIndexOfAny(['+', '-']) > repaired.IndexOf('T', StringComparison.Ordinal);
            if (zoned && DateTimeOffset.TryParseExact(repaired, format, CultureInfo.InvariantCulture, DateTimeStyles.None, out DateTimeOffset value))
            {
                instant = value;
                return null;
            }
        }
        return Problems.BadQuery(name, text, "give an instant in ISO 8601 with its offset, as 2026-07-01T08:00:00Z or 2026-07-01T16:00:00+08:00");
    }
}
