using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Movc.Domain;
using Movc.Gateway.Http;

namespace Movc.Gateway;

/// <summary>What every web server of the product has in common: where it listens, its limits, and how it says that it cannot.</summary>
internal static class WebServer
{
    /// <summary>Pages and callers at once; one city's control rooms are far below.</summary>
    private const int MaxConnections = 2000;

    /// <summary>An empty application that listens there, without routes.</summary>
    public static WebApplicationBuilder Create(ListenAddress listen, ILoggerFactory loggers)
    {
        // Empty on purpose: no environment variable and no file of the working directory changes what is served.
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ApplicationName = "Movc.Gateway" });
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => Configure(kestrel, listen));
        builder.Services.AddSingleton<ILoggerFactory>(new QuietLoggerFactory(loggers));
        builder.Services.AddSingleton(typeof(ILogger<>), typeof(Logger<>));
        // Ctrl-C and SIGTERM belong to the program that starts the server.
        builder.Services.AddSingleton<IHostLifetime, NoSignals>();
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(3));
        builder.Services.AddSingleton<ProblemGate>();
        builder.Services.AddRoutingCore();
        return builder;
    }

    /// <summary>Listens.</summary>
    /// <returns>Address to open, with the bound port.</returns>
    /// <exception cref="ListenException">The port is in use, not allowed, or the address is not this machine's.</exception>
    public static async Task<Uri> StartAsync(WebApplication app, ListenAddress listen, CancellationToken cancellationToken)
    {
        try
        {
            await app.StartAsync(cancellationToken);
        }
        catch (Exception exception) when (SocketErrorOf(exception) is { } error)
        {
            throw new ListenException(Describe(listen, error), exception);
        }
        string bound = app.Services.GetRequiredService<IServer>().Features.GetRequiredFeature<IServerAddressesFeature>().Addresses.First();
        var address = new UriBuilder(bound);
        // Nobody can open 0.0.0.0 in a browser.
        if (listen.EndPoint.Address.Equals(IPAddress.Any)) address.Host = "127.0.0.1";
        else if (listen.EndPoint.Address.Equals(IPAddress.IPv6Any)) address.Host = "[::1]";
        return address.Uri;
    }

    /// <summary>Tells what would be wrong with listening, before anything else is begun.</summary>
    /// <exception cref="ListenException">As <see cref="StartAsync"/>.</exception>
    public static void Probe(ListenAddress listen)
    {
        using var probe = new Socket(listen.EndPoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            probe.Bind(listen.EndPoint);
            probe.Listen();
        }
        catch (SocketException refused)
        {
            throw new ListenException(Describe(listen, refused.SocketErrorCode), refused);
        }
    }

    /// <summary>The address, if it may be listened on: beyond loopback only with a token.</summary>
    /// <exception cref="InputException">It cannot be read, or lies beyond loopback and there is no token.</exception>
    public static ListenAddress Allowed(string listen, TokenGate token)
    {
        ListenAddress address = ListenAddress.Parse(listen);
        if (address.IsLoopback || token.IsRequired) return address;
        throw new InputException(
            $"--listen \"{listen}\" can be reached from other machines and no token is set: set {token.Variable}, as by {token.Variable}=$(openssl rand -hex 16), or listen on 127.0.0.1:{address.EndPoint.Port}");
    }

    private static void Configure(KestrelServerOptions kestrel, ListenAddress listen)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxConcurrentConnections = MaxConnections;
        kestrel.Limits.MaxConcurrentUpgradedConnections = MaxConnections;
        // The route counts the exact limit; the framing of chunks comes on top of it here.
        kestrel.Limits.MaxRequestBodySize = EventRoutes.MaxBodyBytes + 256 * 1024;
        kestrel.Limits.MaxRequestHeadersTotalSize = 16 * 1024;
        kestrel.Limits.MaxRequestLineSize = 4 * 1024;
        kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(10);
        kestrel.Limits.KeepAliveTimeout = TimeSpan.FromMinutes(2);
        kestrel.Listen(listen.EndPoint, endpoint => endpoint.Protocols = HttpProtocols.Http1);
    }

    private static string Describe(ListenAddress listen, SocketError error) => error switch
    {
        SocketError.AddressAlreadyInUse => $"{listen} is in use by another program: stop it, or give another port with --listen, as {WithPort(listen, listen.EndPoint.Port + 1)}",
        SocketError.AccessDenied => $"{listen} may not be listened on by this user: give a port from 1024 on with --listen, as {WithPort(listen, 5080)}",
        SocketError.AddressNotAvailable => $"{listen} is not an address of this machine: give one of its own with --listen, as {GatewayOptions.DefaultListen}",
        _ => $"{listen} cannot be listened on ({error}): give another address with --listen, as {GatewayOptions.DefaultListen}",
    };

    private static string WithPort(ListenAddress listen, int port) => new IPEndPoint(listen.EndPoint.Address, Math.Min(port, IPEndPoint.MaxPort)).ToString();

    private static SocketError? SocketErrorOf(Exception? exception)
    {
        for (; exception is not null; exception = exception.InnerException)
        {
            if (exception is SocketException socket) return socket.SocketErrorCode;
        }
        return null;
    }

    private sealed class NoSignals : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
