namespace Movc.Gateway;

/// <summary>How the gateway listens and what it serves.</summary>
public sealed record GatewayOptions
{
    public const string DefaultListen = "127.0.0.1:5080";

    /// <summary>"host:port" or "[::1]:port"; port 0 takes a free one. Beyond loopback a <see cref="Token"/> is required.</summary>
    public string Listen { get; init; } = DefaultListen;

    /// <summary>Bearer token that every data request must carry; null or empty = none needed (loopback only).</summary>
    public string? Token { get; init; }

    /// <summary>Folder of the built dashboard (holds index.html); null or without that file = a page that says so.</summary>
    public string? DashboardPath { get; init; }

    /// <summary>Longest time between two looks at the twin for a new frame.</summary>
    public TimeSpan FramePeriod { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Shortest time between two frames, however fast plans are published.</summary>
    public TimeSpan MinFrameSpacing { get; init; } = TimeSpan.FromMilliseconds(100);
}
