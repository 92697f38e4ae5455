using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Movc.Domain;
using Movc.Gateway.Frames;
using Movc.Gateway.Http;
using Movc.Gateway.Json;
using Movc.Gateway.Live;

namespace Movc.Gateway;

/// <summary>The web server: HTTP API, hub and dashboard over the query ports. Start once, stop once.</summary>
[DebuggerDisplay("{Address}")]
public sealed class GatewayHost : IAsyncDisposable
{
    /// <summary>Pages and callers at once; one city's control rooms are far below.</summary>
    private const int MaxConnections = 2000;

    private readonly WebApplication _app;
    private readonly ListenAddress _listen;

    private GatewayHost(WebApplication app, ListenAddress listen)
    {
        _app = app;
        _listen = listen;
    }

    /// <summary>Address to open in a browser; the bound port after <see cref="StartAsync"/>.</summary>
    public Uri Address { get; private set; } = new("http://127.0.0.1/");

    /// <summary>Tells what would be wrong with listening, before anything else is begun: the same as later, only sooner.</summary>
    /// <exception cref="InputException">The address cannot be read, or it lies beyond loopback and there is no token.</exception>
    /// <exception cref="ListenException">The port is in use, not allowed, or the address is not this machine's.</exception>
    public static void Check(GatewayOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        ListenAddress listen = Allowed(options);
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

    /// <summary>Builds without listening yet.</summary>
    /// <exception cref="InputException">The address cannot be read, or it lies beyond loopback and there is no token.</exception>
    public static GatewayHost Build(GatewayOptions options, GatewayPorts ports, ILoggerFactory? loggers = null, TimeProvider? time = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(ports);
        ListenAddress listen = Allowed(options);
        var token = new TokenGate(options.Token);
        // Empty on purpose: no environment variable and no file of the working directory changes what is served.
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ApplicationName = "Movc.Gateway" });
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => ConfigureKestrel(kestrel, listen));
        AddServices(builder.Services, options, ports, token, loggers ?? NullLoggerFactory.Instance, time ?? TimeProvider.System);
        WebApplication app = builder.Build();
        MapRequests(app, options, token);
        return new GatewayHost(app, listen);
    }

    /// <summary>Listens and begins to send frames.</summary>
    /// <exception cref="ListenException">The port is in use, not allowed, or the address is not this machine's.</exception>
    public async Task StartAsync(CancellationToken cancellationToken = default)
    {
        try
        {
            await _app.StartAsync(cancellationToken);
        }
        catch (Exception exception) when (SocketErrorOf(exception) is { } error)
        {
            throw new ListenException(Describe(_listen, error), exception);
        }
        string bound = _app.Services.GetRequiredService<IServer>().Features.GetRequiredFeature<IServerAddressesFeature>().Addresses.First();
        var address = new UriBuilder(bound);
        // Nobody can open 0.0.0.0 in a browser.
        if (_listen.EndPoint.Address.Equals(IPAddress.Any)) address.Host = "127.0.0.1";
        else if (_listen.EndPoint.Address.Equals(IPAddress.IPv6Any)) address.Host = "[::1]";
        Address = address.Uri;
    }

    /// <summary>Stops listening and closes every connection, a frozen page's too, within seconds.</summary>
    public Task StopAsync(CancellationToken cancellationToken = default) => _app.StopAsync(cancellationToken);

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private static void ConfigureKestrel(KestrelServerOptions kestrel, ListenAddress listen)
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

    private static void AddServices(
        IServiceCollection services, GatewayOptions options, GatewayPorts ports, TokenGate token, ILoggerFactory loggers, TimeProvider time)
    {
        services.AddSingleton<ILoggerFactory>(new QuietLoggerFactory(loggers));
        services.AddSingleton(typeof(ILogger<>), typeof(Logger<>));
        // Ctrl-C and SIGTERM belong to the program that starts the gateway.
        services.AddSingleton<IHostLifetime, NoSignals>();
        services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(3));
        services.AddSingleton(options).AddSingleton(ports).AddSingleton(token).AddSingleton(time);
        services.AddSingleton<FrameFanOut>().AddSingleton<FrameFeed>().AddSingleton<ProblemGate>();
        services.AddHostedService(provider => provider.GetRequiredService<FrameFeed>());
        services.AddRoutingCore();
        services.ConfigureHttpJsonOptions(json => GatewayJson.Configure(json.SerializerOptions));
        services.AddSignalR(hub =>
        {
            hub.EnableDetailedErrors = false;
            // Pages only shake hands and ping.
            hub.MaximumReceiveMessageSize = 4 * 1024;
            hub.KeepAliveInterval = TimeSpan.FromSeconds(10);
            hub.ClientTimeoutInterval = TimeSpan.FromSeconds(30);
        }).AddJsonProtocol(json => GatewayJson.Configure(json.PayloadSerializerOptions));
        OpenApiSetup.Add(services, token.IsRequired);
    }

    private static void MapRequests(WebApplication app, GatewayOptions options, TokenGate token)
    {
        app.Use(SecurityHeaders.InvokeAsync);
        app.Use(app.Services.GetRequiredService<ProblemGate>().InvokeAsync);
        app.Use(new OriginGate(token.IsRequired).InvokeAsync);
        app.Use(token.InvokeAsync);
        DashboardFiles.Use(app, options.DashboardPath);
        RouteGroupBuilder api = app.MapGroup("/api/v1");
        CityRoutes.Map(api);
        VehicleRoutes.Map(api);
        DeadLetterRoutes.Map(api);
        EventRoutes.Map(api);
        HealthRoutes.Map(api);
        app.MapOpenApi();
        // The transport's buffer is what a frozen page can hold in memory besides its one frame.
        app.MapHub<CityHub>(CityHub.Path, connection =>
        {
            connection.Transports = HttpTransportType.WebSockets | HttpTransportType.ServerSentEvents;
            connection.TransportMaxBufferSize = 64 * 1024;
            connection.ApplicationMaxBufferSize = 16 * 1024;
            connection.WebSockets.CloseTimeout = TimeSpan.FromSeconds(2);
        });
    }

    private static ListenAddress Allowed(GatewayOptions options)
    {
        ListenAddress listen = ListenAddress.Parse(options.Listen);
        if (listen.IsLoopback || new TokenGate(options.Token).IsRequired) return listen;
        throw new InputException(
            $"--listen \"{options.Listen}\" can be reached from other machines and no token is set: set MOVC_TOKEN, as by MOVC_TOKEN=$(openssl rand -hex 16), or listen on {GatewayOptions.DefaultListen}");
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
