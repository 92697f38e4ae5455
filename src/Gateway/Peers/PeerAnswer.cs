using System.Net;

namespace Movc.Gateway.Peers;

/// <summary>What one process answered.</summary>
/// <param name="Peer">Who was asked.</param>
/// <param name="Status">Status code; null = it could not be asked.</param>
/// <param name="Value">The answer; null where there is none.</param>
/// <param name="Fault">Why not, in words.</param>
internal readonly record struct PeerAnswer<T>(Uri Peer, HttpStatusCode? Status, T? Value, string Fault)
    where T : class;
