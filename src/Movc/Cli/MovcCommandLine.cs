using System.CommandLine;

namespace Movc.Cli;

/// <summary>The command line: one verb per job.</summary>
internal static class MovcCommandLine
{
    public static async Task<int> RunAsync(string[] args)
    {
        var root = new RootCommand("Movc: a live digital twin of a megacity's private electric vehicles")
        {
            RunCommand.Create(),
            ReplayCommand.Create(),
            SolveCommand.Create(),
            AuditCommand.Create(),
            ExportMpsCommand.Create(),
        };
        ParseResult result = root.Parse(args.Length == 0 ? ["--help"] : args);
        if (result.Errors.Count > 0)
        {
            foreach (System.CommandLine.Parsing.ParseError error in result.Errors) await Console.Error.WriteLineAsync($"movc: {error.Message}");
            await Console.Error.WriteLineAsync($"movc: see movc {(result.CommandResult.Command is RootCommand ? string.Empty : result.CommandResult.Command.Name + " ")}--help");
            return ExitCode.WrongInput;
        }
        using var signals = new StopSignals();
        var configuration = new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null };
        return await result.InvokeAsync(configuration, signals.Token);
    }
}
