using Microsoft.Data.Sqlite;

namespace Movc.TwinState.Store.Sqlite;

/// <summary>Connections to a store's file.</summary>
internal static class SqliteConnections
{
    public static SqliteConnection Connect(string path)
    {
        SqliteConnection connection = ConnectAsItIs(path);
        Tune(connection);
        return connection;
    }

    // Write-ahead logging is marked in the file itself: not before it is known to be ours.
    public static SqliteConnection ConnectAsItIs(string path)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false, DefaultTimeout = 30 }.ToString());
        connection.Open();
        return connection;
    }

    public static void Tune(SqliteConnection connection) =>
        Execute(connection, "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA busy_timeout = 30000; PRAGMA cache_size = -65536; PRAGMA wal_autocheckpoint = 16384;");

    public static long Scalar(SqliteConnection connection, string sql)
    {
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        return (long)command.ExecuteScalar()!;
    }

    public static void Execute(SqliteConnection connection, string sql)
    {
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
