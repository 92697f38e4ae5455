using System.Diagnostics.Metrics;

namespace Movc.Gateway.Live;

/// <summary>What the hub tells of itself to whoever listens (docs/operations/telemetry.md).</summary>
internal static class PageMetrics
{
    public const string Name = "Movc.Gateway";

    private static readonly Meter Meter = new(Name);

    public static readonly UpDownCounter<int> Connections = Meter.CreateUpDownCounter<int>("movc.pages.connected", "{page}", "Pages that receive frames");
    public static readonly Counter<long> Sent = Meter.CreateCounter<long>("movc.pages.frames.sent", "{frame}", "Frames handed to pages");
    public static readonly Counter<long> Superseded = Meter.CreateCounter<long>("movc.pages.frames.superseded", "{frame}", "Frames that a newer one replaced before their page could take them");
}
