using Microsoft.AspNetCore.Http;

namespace Movc.Gateway.Http;

/// <summary>Errors as RFC 9457 problem details, each with what to do about it in the member <c>remedy</c>.</summary>
internal static class Problems
{
    public static IResult Of(int status, string title, string detail, string remedy, IDictionary<string, object?>? more = null)
    {
        var extensions = new Dictionary<string, object?>(StringComparer.Ordinal) { ["remedy"] = remedy };
        if (more is not null)
        {
            foreach ((string name, object? value) in more) extensions[name] = value;
        }
        return Results.Problem(detail, instance: null, status, title, type: null, extensions);
    }

    public static IResult BadQuery(string name, string? value, string remedy) => Of(
        StatusCodes.Status400BadRequest, "Query not understood", $"{name} is \"{Shorten(value)}\"", remedy);

    public static IResult NotFound(string detail, string remedy) =>
        Of(StatusCodes.Status404NotFound, "Not found", detail, remedy);

    /// <summary>Echoes what the caller sent, but not megabytes of it.</summary>
    public static string Shorten(string? text) => text switch
    {
        null => string.Empty,
        { Length: > 80 } => string.Concat(text.AsSpan(0, 77), "..."),
        _ => text,
    };
}
