using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace Movc.Gateway.Http;

/// <summary>
/// Keeps other web sites out. A page of another site can open a WebSocket to this machine or post to it, but its browser names the
/// site in Origin: only the gateway's own is taken. Without a token the Host must be a loopback name as well, else a site could point
/// its own name at 127.0.0.1 and be "the same origin".
/// </summary>
internal sealed class OriginGate(bool tokenRequired)
{
    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        HttpRequest request = context.Request;
        if (!tokenRequired && !IsLoopbackName(request.Host.Host))
        {
            await Problems.Of(
                StatusCodes.Status421MisdirectedRequest, "Host not served", $"this gateway serves loopback names only, not \"{Problems.Shorten(request.Host.Value)}\"",
                "open it as 127.0.0.1 or localhost, or start it with MOVC_TOKEN set to serve it under another name").ExecuteAsync(context);
            return;
        }
        bool guarded = !(HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method))
            || request.Path.StartsWithSegments("/hubs", StringComparison.OrdinalIgnoreCase);
        if (guarded && !IsSameOrigin(request))
        {
            await Problems.Of(
                StatusCodes.Status403Forbidden, "Another origin", $"the page at \"{Problems.Shorten(request.Headers.Origin)}\" is not this gateway's",
                "open the gateway's own page, or call it from a program that sends no Origin").ExecuteAsync(context);
            return;
        }
        await next(context);
    }

    private static bool IsSameOrigin(HttpRequest request)
    {
        StringValues origin = request.Headers.Origin;
        if (origin.Count == 0) return true;
        // The scheme is left out: a proxy in front may end TLS, and then only host and port agree.
        return origin.Count == 1 && Uri.TryCreate(origin[0], UriKind.Absolute, out Uri? uri) && uri.Scheme is "http" or "https"
            && string.Equals(uri.Authority, new HostString(request.Host.Value ?? string.Empty).Value, StringComparison.OrdinalIgnoreCase);
    }

    private static bool IsLoopbackName(string host) =>
        string.Equals(host, "localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host.Trim('[', ']'), out IPAddress? address) && IPAddress.IsLoopback(address));
}
