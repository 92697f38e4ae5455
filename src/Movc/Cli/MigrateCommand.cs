using System.CommandLine;
using System.Globalization;
using Movc.Database;
using Movc.Domain;

namespace Movc.Cli;

/// <summary><c>movc migrate</c>: makes or updates the schema of a PostgreSQL database.</summary>
internal static class MigrateCommand
{
    public static Command Create()
    {
        var postgres = new Option<string?>("--postgres") { Description = "Connection, as Host=localhost;Database=movc;Username=movc;Password=…; without it MOVC_POSTGRES", HelpName = "CONNECTION" };
        var command = new Command("migrate", "Make or update the schema movc in a PostgreSQL database; does nothing where it is up to date, refuses one that is newer") { postgres };
        Examples.Add(
            command,
            ("movc migrate --postgres \"Host=localhost;Database=movc;Username=movc\"", "before the first run, and after an update of movc"),
            ("movc migrate", "with the connection in MOVC_POSTGRES"));
        command.SetAction((result, cancellationToken) => Guard.RunAsync(CancellationToken.None, async () =>
        {
            string connection = Given.Or(result.GetValue(postgres), "MOVC_POSTGRES") ?? throw new InputException("a connection is missing: give --postgres or set MOVC_POSTGRES");
            string server = PostgresDatabase.ServerOf(connection);
            IReadOnlyList<string> applied = await PostgresMigrations.MigrateAsync(connection, cancellationToken, name => Console.Error.WriteLine($"applying {name}"));
            foreach (string name in applied) await Console.Out.WriteLineAsync($"applied {name}");
            await Console.Out.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{server}: schema {PostgresMigrations.Known}{(applied.Count == 0 ? ", nothing to do" : string.Empty)}"));
            return ExitCode.Done;
        }));
        return command;
    }
}
