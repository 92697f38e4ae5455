using Microsoft.Extensions.Logging;
using Movc.Output;
using OpenTelemetry;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Movc.Composition;

/// <summary>
/// Metrics, traces and logs over OTLP, where the environment names a collector by OpenTelemetry's own variables
/// (OTEL_EXPORTER_OTLP_ENDPOINT and its kin); nothing at all otherwise.
/// </summary>
internal sealed class Telemetry : IDisposable
{
    private readonly MeterProvider? _metrics;
    private readonly TracerProvider? _traces;

    private Telemetry(string service)
    {
        ResourceBuilder resource = ResourceOf(service);
        if (IsOn("METRICS"))
            _metrics = Sdk.CreateMeterProviderBuilder().SetResourceBuilder(resource)
                .AddMeter("Movc.*", "Npgsql", "System.Runtime", "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "Microsoft.AspNetCore.Http.Connections")
                .AddOtlpExporter().Build();
        if (IsOn("TRACES"))
            _traces = Sdk.CreateTracerProviderBuilder().SetResourceBuilder(resource).AddSource("Movc.*", "Npgsql", "Microsoft.AspNetCore").AddOtlpExporter().Build();
    }

    /// <summary>Begins to send; dispose to send what is left.</summary>
    /// <param name="service">Name of the service where OTEL_SERVICE_NAME gives none.</param>
    public static Telemetry Start(string service) => new(service);

    /// <summary>Sends log lines too, where a collector is named.</summary>
    public static void AddLogs(ILoggingBuilder logging, string service)
    {
        if (!IsOn("LOGS")) return;
        logging.AddOpenTelemetry(logs =>
        {
            logs.SetResourceBuilder(ResourceOf(service));
            logs.IncludeFormattedMessage = true;
            logs.AddOtlpExporter();
        });
    }

    public void Dispose()
    {
        _traces?.Dispose();
        _metrics?.Dispose();
    }

    private static ResourceBuilder ResourceOf(string service) => ResourceBuilder.CreateDefault()
        .AddService(Environment.GetEnvironmentVariable("OTEL_SERVICE_NAME") is { Length: > 0 } name ? name : service, serviceVersion: ProgramVersion.Text);

    private static bool IsOn(string signal) =>
        !string.Equals(Environment.GetEnvironmentVariable("OTEL_SDK_DISABLED"), "true", StringComparison.OrdinalIgnoreCase)
        && (IsSet("OTEL_EXPORTER_OTLP_ENDPOINT") || IsSet($"OTEL_EXPORTER_OTLP_{signal}_ENDPOINT"));

    private static bool IsSet(string variable) => !string.IsNullOrEmpty(Environment.GetEnvironmentVariable(variable));
}
