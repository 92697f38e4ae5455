namespace Movc.Gateway;

/// <summary>The gateway cannot listen: port in use, not allowed, or not an address of this machine. One line with address and remedy.</summary>
public sealed class ListenException(string message, Exception inner) : Exception(message, inner);
