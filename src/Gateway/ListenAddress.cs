using System.Globalization;
using System.Net;
using Movc.Domain;

namespace Movc.Gateway;

/// <summary>Where to listen, parsed from "host:port" or "[::1]:port".</summary>
/// <param name="EndPoint">Address and port; port 0 takes a free one.</param>
public readonly record struct ListenAddress(IPEndPoint EndPoint)
{
    private const string Remedy = "give host:port with an IP address, localhost or *, as 127.0.0.1:5080 or [::1]:5080";

    /// <summary>True when only this machine can reach it.</summary>
    public bool IsLoopback => IPAddress.IsLoopback(EndPoint.Address);

    /// <summary>Parses; throws <see cref="InputException"/> with the remedy.</summary>
    public static ListenAddress Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        int colon = text.LastIndexOf(':');
        if (colon <= 0) throw Bad(text, "has no port");
        string host = text[..colon];
        if (!int.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out int port) || port > IPEndPoint.MaxPort)
            throw Bad(text, $"has no port from 0 to {IPEndPoint.MaxPort} after the last colon");
        return new ListenAddress(new IPEndPoint(ParseHost(text, host), port));
    }

    public override string ToString() => EndPoint.ToString();

    private static IPAddress ParseHost(string text, string host)
    {
        if (string.Equals(host, "localhost", StringComparison.OrdinalIgnoreCase)) return IPAddress.Loopback;
        if (host is "*") return IPAddress.Any;
        bool bracketed = host.Length > 2 && host[0] == '[' && host[^1] == ']';
        if (!bracketed && host.Contains(':', StringComparison.Ordinal)) throw Bad(text, "has an IPv6 address without brackets");
        // TryParse also reads "1" as 0.0.0.1; nobody means that.
        if (!IPAddress.TryParse(bracketed ? host[1..^1] : host, out IPAddress? address)
            || (!bracketed && host.AsSpan().Count('.') != 3))
        {
            throw Bad(text, $"has no IP address before the port but \"{host}\"");
        }
        return address;
    }

    private static InputException Bad(string text, string why) => new($"--listen \"{text}\" {why}: {Remedy}");
}
