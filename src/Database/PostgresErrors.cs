using System.Net.Sockets;
using Npgsql;

namespace Movc.Database;

/// <summary>Puts what PostgreSQL refuses into one line with the remedy.</summary>
public static class PostgresErrors
{
    /// <summary>Whether trying again later may help: the server is away, restarting, or short of something that comes back.</summary>
    public static bool CanHeal(Exception e) => e switch
    {
        // Wrong password, unknown role or database, no permission: nobody mends that by waiting. A full disk is mended by people, while we wait.
        PostgresException p => p.IsTransient || p.SqlState is "53100" or "57P01" or "57P02" or "57P03" or "25006" || p.SqlState.StartsWith("08", StringComparison.Ordinal),
        NpgsqlException n => n.IsTransient || n.InnerException is SocketException or IOException or TimeoutException,
        SocketException or TimeoutException => true,
        _ => false,
    };

    /// <summary>One line.</summary>
    /// <param name="server">Host, port and database, never the password.</param>
    /// <param name="e">What was thrown.</param>
    public static string Explain(string server, Exception e) => e switch
    {
        PostgresException { SqlState: "53100" } => $"{server}: the disk of the database is full; make room, nothing was half-written",
        PostgresException { SqlState: "28P01" or "28000" } => $"{server}: the database refuses the user or the password ({Line(e)}); correct --postgres or MOVC_POSTGRES",
        PostgresException { SqlState: "3D000" } => $"{server}: there is no such database; create it, or correct --postgres",
        PostgresException { SqlState: "42501" } => $"{server}: the user lacks a permission ({Line(e)}); let the database's owner run movc migrate, or grant it",
        PostgresException { SqlState: "53300" } => $"{server}: the database takes no more connections; raise max_connections or stop others",
        PostgresException p => $"{server}: {p.MessageText} (SQLSTATE {p.SqlState})",
        NpgsqlException { InnerException: SocketException or TimeoutException or IOException } or SocketException or TimeoutException =>
            $"{server}: the database cannot be reached ({Line(e.InnerException ?? e)}); start it, or correct host and port",
        _ => $"{server}: {Line(e)}",
    };

    private static string Line(Exception e) => (e is PostgresException p ? p.MessageText : e.Message).ReplaceLineEndings(" ");
}
