using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Movc.Domain;

namespace Movc.Gateway.Peers;

/// <summary>Where the processes of a role listen: host:port, several parted by commas; a name that stands for several addresses stands for several processes.</summary>
public sealed class PeerAddresses
{
    private readonly (string Host, int Port)[] _given;

    private PeerAddresses((string Host, int Port)[] given) => _given = given;

    /// <summary>Reads them.</summary>
    /// <param name="option">What it was given as, for messages.</param>
    /// <param name="text">The addresses.</param>
    /// <exception cref="InputException">Not host:port.</exception>
    public static PeerAddresses Parse(string option, string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return new PeerAddresses([.. text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(one =>
        {
            int colon = one.LastIndexOf(':');
            return colon > 0 && int.TryParse(one.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out int port) && port is > 0 and <= IPEndPoint.MaxPort
                ? (one[..colon].Trim('[', ']'), port)
                : throw new InputException($"{option} \"{one}\": give host:port, as 127.0.0.1:5082, several parted by commas");
        })]) is { _given.Length: > 0 } some ? some : throw new InputException($"{option} names nobody: give host:port, as 127.0.0.1:5082");
    }

    /// <summary>The addresses as they are now: a name is looked up each time, because processes come and go under it.</summary>
    public async Task<IReadOnlyList<Uri>> ResolveAsync(CancellationToken cancellationToken)
    {
        var found = new List<Uri>();
        foreach ((string host, int port) in _given)
        {
            try
            {
                IPAddress[] addresses = IPAddress.TryParse(host, out IPAddress? one) ? [one] : await Dns.GetHostAddressesAsync(host, cancellationToken);
                // A name may have a process's address twice, as IPv4 and IPv6.
                IPAddress[] v4 = [.. addresses.Where(a => a.AddressFamily == AddressFamily.InterNetwork)];
                found.AddRange((v4.Length > 0 ? v4 : addresses).Select(a => new Uri($"http://{new IPEndPoint(a, port)}/")));
            }
            catch (SocketException)
            {
                // Nobody has the name now; whoever asks learns that nobody answered.
            }
        }
        return found;
    }

    public override string ToString() => string.Join(", ", _given.Select(g => $"{g.Host}:{g.Port.ToString(CultureInfo.InvariantCulture)}"));
}
