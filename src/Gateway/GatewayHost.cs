using System.Diagnostics;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
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
        WebServer.Probe(WebServer.Allowed(options.Listen, new TokenGate(options.Token)));
    }

    /// <summary>Builds without listening yet.</summary>
    /// <exception cref="InputException">The address cannot be read, or it lies beyond loopback and there is no token.</exception>
    public static GatewayHost Build(GatewayOptions options, GatewayPorts ports, ILoggerFactory? loggers = null, TimeProvider? time = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(ports);
        var token = new TokenGate(options.Token);
        ListenAddress listen = WebServer.Allowed(options.Listen, token);
        WebApplicationBuilder builder = WebServer.Create(listen, loggers ?? NullLoggerFactory.Instance);
        AddServices(builder.Services, options, ports, token, time ?? TimeProvider.System);
        WebApplication app = builder.Build();
        MapRequests(app, options, token);
        return new GatewayHost(app, listen);
    }

    /// <summary>Listens and begins to send frames.</summary>
    /// <exception cref="ListenException">The port is in use, not allowed, or the address is not this machine's.</exception>
    public async Task StartAsync(CancellationToken cancellationToken = default) => Address = await WebServer.StartAsync(_app, _listen, cancellationToken);

    /// <summary>Stops listening and closes every connection, a frozen page's too, within seconds.</summary>
    public Task StopAsync(CancellationToken cancellationToken = default) => _app.StopAsync(cancellationToken);

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private static void AddServices(IServiceCollection services, GatewayOptions options, GatewayPorts ports, TokenGate token, TimeProvider time)
    {
        services.AddSingleton(options).AddSingleton(ports).AddSingleton(token).AddSingleton(time);
        services.AddSingleton<FrameFanOut>().AddSingleton<FrameFeed>().AddSingleton<SetpointFeed>();
        services.AddHostedService(provider => provider.GetRequiredService<FrameFeed>());
        services.AddHostedService(provider => provider.GetRequiredService<SetpointFeed>());
        services.ConfigureHttpJsonOptions(json => GatewayJson.Configure(json.SerializerOptions));
        services.AddSignalR(hub =>
        {
            hub.EnableDetailedErrors = false;
            // Pages shake hands, ping, and tell a replay what to do.
            hub.MaximumReceiveMessageSize = 4 * 1024;
            hub.KeepAliveInterval = TimeSpan.FromSeconds(10);
            hub.ClientTimeoutInterval = TimeSpan.FromSeconds(30);
        }).AddJsonProtocol(json => GatewayJson.Configure(json.PayloadSerializerOptions));
        PastLimit.Add(services);
        OpenApiSetup.Add(services, token.IsRequired);
    }

    private static void MapRequests(WebApplication app, GatewayOptions options, TokenGate token)
    {
        app.Use(SecurityHeaders.InvokeAsync);
        app.Use(app.Services.GetRequiredService<ProblemGate>().InvokeAsync);
        app.Use(new OriginGate(token.IsRequired).InvokeAsync);
        app.Use(token.InvokeAsync);
        app.UseRateLimiter();
        DashboardFiles.Use(app, options.DashboardPath);
        RouteGroupBuilder api = app.MapGroup("/api/v1");
        CityRoutes.Map(api);
        VehicleRoutes.Map(api);
        PastRoutes.Map(api);
        ReplayRoutes.Map(api);
        DeadLetterRoutes.Map(api);
        EventRoutes.Map(api);
        BundleRoutes.Map(api);
        FlexibilityRoutes.Map(api);
        RegretRoutes.Map(api);
        SetpointRoutes.Map(api);
        HoldRoutes.Map(api);
        StudyRoutes.Map(api);
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
}
