using System.CommandLine;
using System.Globalization;
using Movc.Domain;
using Movc.RollingOptimizer.Exact;
using Movc.RollingOptimizer.Model;

namespace Movc.Cli;

/// <summary><c>movc export-mps</c>: the dispatch as a plain linear program for any solver.</summary>
internal static class ExportMpsCommand
{
    public static Command Create()
    {
        var instance = new Option<string>("--instance") { Description = "Instance folder", HelpName = "DIR", Required = true };
        var output = new Option<string>("--out") { Description = "File to write, free-format MPS; compressed where the name ends in .gz", HelpName = "FILE", Required = true };
        var command = new Command("export-mps", "Write the dispatch as a linear program that CLP, GLPK, HiGHS or OR-Tools read") { instance, output };
        Examples.Add(
            command,
            ("movc export-mps --instance instance --out dispatch.mps && clp dispatch.mps -barrier", "solved by CLP"),
            ("movc export-mps --instance instance --out dispatch.mps.gz && glpsol --freemps dispatch.mps.gz", "solved by GLPK"));
        command.SetAction((result, cancellationToken) => Guard.RunAsync(CancellationToken.None, async () =>
        {
            string path = result.GetValue(output)!;
            if (Directory.Exists(path)) throw new InputException($"--out {path}: a folder stands there; name a file");
            MpsSize size = await Jobs.RunAsync((progress, stop) => Write(result.GetValue(instance)!, Path.GetFullPath(path), progress, stop), cancellationToken);
            await Console.Out.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{path}: {size.Rows:N0} rows, {size.Columns:N0} columns; needs out of reach lowered: {size.Lowered:N0}"));
            return ExitCode.Done;
        }));
        return command;
    }

    private static MpsSize Write(string instance, string path, Solve.JobProgress progress, CancellationToken stop)
    {
        progress.Step("reading the instance");
        Domain.Dispatch.DispatchInstance x = InstanceFolder.Read(instance);
        progress.Step("writing the program");
        // The ending decides on compression, so it stays at the end.
        string folder = Path.GetDirectoryName(path)!, part = Path.Combine(folder, $".{Environment.ProcessId}.part.{Path.GetFileName(path)}");
        try
        {
            MpsSize size = MpsFile.Write(x, part, stop);
            File.Move(part, path, overwrite: true);
            return size;
        }
        finally
        {
            File.Delete(part);
        }
    }
}
