using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Movc.TestKit;

/// <summary>
/// A real PostgreSQL of the tests' own, in a folder of its own, on a free port of loopback; durable as in earnest. It ends with the
/// test process, however that ends: the shell that holds it waits for the pipe to close.
/// </summary>
public sealed class PostgresServer : IDisposable
{
    private const string Password = "for-tests-only";
    private readonly DirectoryInfo _folder;
    private readonly string _binaries;
    private readonly int _port;
    private Process _shell;
    private int _databases;

    private PostgresServer(DirectoryInfo folder, string binaries, int port)
    {
        _folder = folder;
        _binaries = binaries;
        _port = port;
        _shell = StartShell();
    }

    // PostgreSQL refuses to run as root; where we are, Debian's own user runs it.
    private static bool IsRoot => Environment.UserName is "root";

    private static string AsUser => IsRoot ? "runuser -u postgres -- " : string.Empty;

    private string Data => Path.Combine(_folder.FullName, "data");

    private string Log => Path.Combine(_folder.FullName, "log");

    /// <summary>Why none can be started here, or null.</summary>
    public static string? Missing => Binaries() is null ? "needs postgres (Debian package postgresql)" : null;

    /// <summary>Starts one; takes about two seconds.</summary>
    public static PostgresServer Start()
    {
        string binaries = Binaries() ?? throw new InvalidOperationException(Missing);
        DirectoryInfo folder = Directory.CreateTempSubdirectory("movc-postgres-");
        File.WriteAllText(Path.Combine(folder.FullName, "password"), Password);
        if (IsRoot) Run("chown", "-R", "postgres", folder.FullName);
        string log = Path.Combine(folder.FullName, "log");
        Run("sh", "-c", $"cd {folder.FullName} && {AsUser}{binaries}/initdb -D data -U movc --auth=scram-sha-256 --pwfile=password --no-sync -E UTF8 --locale=C.UTF-8 >{log} 2>&1 || {{ cat {log} >&2; exit 1; }}");
        var server = new PostgresServer(folder, binaries, FreePort());
        try
        {
            server.WaitUntilReady();
            return server;
        }
        catch
        {
            server.Dispose();
            throw;
        }
    }

    /// <summary>Connection string of a new, empty database.</summary>
    /// <param name="dropEarlier">Drops those made before and writes everything out, so that nothing of them is still at work.</param>
    public string CreateDatabase(bool dropEarlier = false)
    {
        for (int n = 1; dropEarlier && n <= _databases; n++) Psql("postgres", string.Create(CultureInfo.InvariantCulture, $"DROP DATABASE IF EXISTS movc{n} WITH (FORCE)"));
        if (dropEarlier) Psql("postgres", "CHECKPOINT");
        string name = string.Create(CultureInfo.InvariantCulture, $"movc{Interlocked.Increment(ref _databases)}");
        Psql("postgres", $"CREATE DATABASE {name}");
        return Connection(name);
    }

    /// <summary>Connection string of a database by its name.</summary>
    public string Connection(string database, string? password = null) =>
        string.Create(CultureInfo.InvariantCulture, $"Host=127.0.0.1;Port={_port};Database={database};Username=movc;Password={password ?? Password};Timeout=5");

    /// <summary>Runs SQL with Debian's own client and returns what it prints, columns parted by a bar.</summary>
    public string Psql(string database, string sql)
    {
        var start = new ProcessStartInfo("psql", ["-h", "127.0.0.1", "-p", _port.ToString(CultureInfo.InvariantCulture), "-U", "movc", "-d", database, "-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-c", sql])
        {
            RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false, Environment = { ["PGPASSWORD"] = Password },
        };
        using Process psql = Process.Start(start)!;
        Task<string> error = psql.StandardError.ReadToEndAsync();
        string output = psql.StandardOutput.ReadToEnd();
        psql.WaitForExit();
        return psql.ExitCode == 0 ? output.TrimEnd('\n') : throw new InvalidOperationException($"psql: {error.GetAwaiter().GetResult()}");
    }

    /// <summary>Ends it as a crash would: what was not flushed is gone, clients are cut.</summary>
    public void Crash() => EndShell();

    /// <summary>Starts it again on what it left; recovers first.</summary>
    public void Restart()
    {
        _shell = StartShell();
        WaitUntilReady();
    }

    public void Dispose()
    {
        EndShell();
        try
        {
            _folder.Delete(recursive: true);
        }
        catch (IOException)
        {
            // A file that the server still closes; the folder lies among the temporary ones.
        }
    }

    private Process StartShell()
    {
        string script = string.Create(
            CultureInfo.InvariantCulture,
            $"cd {_folder.FullName}; {AsUser}{_binaries}/postgres -D {Data} -c listen_addresses=127.0.0.1 -c port={_port} -c unix_socket_directories= -c max_connections=200 -c shared_buffers=512MB -c wal_buffers=16MB -c min_wal_size=1GB -c max_wal_size=4GB >>{Log} 2>&1 & server=$!; cat >/dev/null; {AsUser}{_binaries}/pg_ctl -D {Data} -m immediate stop >/dev/null 2>&1; wait $server");
        return Process.Start(new ProcessStartInfo("sh", ["-c", script]) { RedirectStandardInput = true, UseShellExecute = false }) ?? throw new InvalidOperationException("sh did not start");
    }

    private void EndShell()
    {
        if (_shell.HasExited) return;
        _shell.StandardInput.Close();
        _shell.WaitForExit();
    }

    private void WaitUntilReady()
    {
        for (int n = 0; n < 300; n++)
        {
            using Process ready = Process.Start(new ProcessStartInfo($"{_binaries}/pg_isready", ["-q", "-h", "127.0.0.1", "-p", _port.ToString(CultureInfo.InvariantCulture)]) { UseShellExecute = false })!;
            ready.WaitForExit();
            if (ready.ExitCode == 0) return;
            if (_shell.HasExited) break;
            Thread.Sleep(50);
        }
        throw new InvalidOperationException($"PostgreSQL does not start: {(File.Exists(Log) ? File.ReadAllText(Log) : "no log")}");
    }

    private static string? Binaries() => Directory.Exists("/usr/lib/postgresql")
        ? Directory.GetDirectories("/usr/lib/postgresql").Select(d => Path.Combine(d, "bin")).Where(d => File.Exists(Path.Combine(d, "initdb"))).Order(StringComparer.Ordinal).LastOrDefault()
        : null;

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static void Run(string program, params string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo(program, arguments) { UseShellExecute = false, RedirectStandardError = true })!;
        string error = process.StandardError.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0) throw new InvalidOperationException($"{program}: {error}");
    }
}
