using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using Movc.Domain;

namespace Movc.Gateway.Http;

/// <summary>Lets data requests pass only with the token, when there is one. The page itself holds no data and stays open.</summary>
internal sealed class TokenGate
{
    private const string Scheme = "Bearer ";
    private readonly byte[]? _hash;

    /// <param name="token">What requests must carry; null or empty = nothing.</param>
    /// <param name="variable">Environment variable that it comes from, for messages.</param>
    public TokenGate(string? token, string variable = "MOVC_TOKEN")
    {
        Variable = variable;
        if (string.IsNullOrEmpty(token)) return;
        if (token.AsSpan().ContainsAnyExceptInRange('!', '~'))
            throw new InputException($"{variable} holds a space or a character beyond ASCII, which a request header cannot carry: set another, as from `openssl rand -hex 16`");
        _hash = SHA256.HashData(Encoding.UTF8.GetBytes(token));
    }

    public string Variable { get; }

    public bool IsRequired => _hash is not null;

    /// <summary>True when no token is needed or the request carries it.</summary>
    public bool Allows(HttpRequest request)
    {
        if (_hash is null) return true;
        StringValues header = request.Headers.Authorization;
        if (header.Count == 1 && header[0] is { } value && value.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
            return IsToken(value[Scheme.Length..]);
        // A browser cannot set a header on a WebSocket; nowhere else may a token stand in an address.
        return request.Path.StartsWithSegments("/hubs", StringComparison.OrdinalIgnoreCase)
            && request.Query.TryGetValue("access_token", out StringValues query) && query.Count == 1 && IsToken(query[0] ?? string.Empty);
    }

    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        PathString path = context.Request.Path;
        bool guarded = path.StartsWithSegments("/hubs", StringComparison.OrdinalIgnoreCase)
            || path.StartsWithSegments("/internal", StringComparison.OrdinalIgnoreCase)
            || (path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase, out PathString rest)
                && !rest.Equals("/v1/health", StringComparison.OrdinalIgnoreCase));
        if (!guarded || Allows(context.Request))
        {
            await next(context);
            return;
        }
        context.Response.Headers.WWWAuthenticate = "Bearer realm=\"movc\"";
        await Problems.Of(
            StatusCodes.Status401Unauthorized, "Token needed", "this server was started with a token and the request does not carry it",
            $"send the header Authorization: Bearer with the token that {Variable} was set to").ExecuteAsync(context);
    }

    // Both sides are hashed first, so that neither content nor length shows in the time that the comparison takes.
    private bool IsToken(string candidate) =>
        CryptographicOperations.FixedTimeEquals(_hash, SHA256.HashData(Encoding.UTF8.GetBytes(candidate)));
}
