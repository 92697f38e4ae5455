using System.CommandLine;

namespace Movc.Cli;

/// <summary>The command line: one verb per job.</summary>
internal static class MovcCommandLine
{
    public static RootCommand Create()
    {
        var root = new RootCommand("Movc: a live digital twin of a megacity's private electric vehicles")
        {
            RunCommand.Create(),
            ReplayCommand.Create(),
            SolveCommand.Create(),
            AuditCommand.Create(),
            VerifyCommand.Create(),
            SetpointsCommand.Create(),
            ExportMpsCommand.Create(),
            BenchCommand.Create(),
            ValidateCommand.Create(),
            InstanceCommand.Create(),
            StudyCommand.Create(),
            EstimateCommand.Create(),
            TracksCommand.Create(),
            CityCommand.Create(),
            StateCommand.Create(),
            RegretCommand.Create(),
            DistrictsCommand.Create(),
            RebuildCommand.Create(),
            ExportCommand.Create(),
            ImportCommand.Create(),
            MigrateCommand.Create(),
            AggregatorCommand.Create(),
            ProbeCommand.Create(),
        };
        foreach (Command role in RoleCommands.Create()) root.Subcommands.Add(role);
        Examples.Add(
            root,
            ("movc run", "Shenzhen with 480,000 vehicles, 60 times real time, page on http://127.0.0.1:5080"),
            ("movc replay --sessions examples/sessions-small.csv --load examples/load-small.csv --speed 3600", "three weeks of forty drivers, an hour a second"));
        return root;
    }

    public static async Task<int> RunAsync(string[] args)
    {
        ParseResult result = Create().Parse(args.Length == 0 ? ["--help"] : args);
        if (result.Errors.Count > 0)
        {
            await Console.Error.WriteLineAsync($"movc: {What(result)}");
            await Console.Error.WriteLineAsync($"movc: see movc {(result.CommandResult.Command is RootCommand ? string.Empty : result.CommandResult.Command.Name + " ")}--help");
            return ExitCode.WrongInput;
        }
        using var signals = new StopSignals();
        var configuration = new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null };
        return await result.InvokeAsync(configuration, signals.Token);
    }

    /// <summary>What is wrong with the arguments, in one line.</summary>
    private static string What(ParseResult result)
    {
        if (result.CommandResult.Command is RootCommand root)
            return $"{(result.UnmatchedTokens is [var word, ..] ? $"\"{word}\" is not a verb" : "a verb is missing")}; give {string.Join(" or ", root.Subcommands.Select(c => c.Name))}";
        return string.Join(' ', result.Errors.Select(e => e.Message).Distinct(StringComparer.Ordinal));
    }
}
