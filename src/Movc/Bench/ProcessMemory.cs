using System.Diagnostics;

namespace Movc.Bench;

/// <summary>The most memory that a job holds, seen from outside in a process that does nothing else.</summary>
internal static class ProcessMemory
{
    private const int PeriodMs = 20;

    /// <summary>Runs <c>movc</c> with some arguments and watches its peak working set, 10⁶ bytes.</summary>
    /// <param name="program">The program's assembly.</param>
    /// <param name="arguments">What it is to do.</param>
    /// <param name="mayMissTargets">Whether exit code 1 is a verdict and no failure.</param>
    /// <param name="cancellationToken">Ends the process.</param>
    /// <exception cref="InvalidOperationException">The process did not start, or failed; the message holds what it said.</exception>
    public static double PeakMb(string program, IEnumerable<string> arguments, bool mayMissTargets, CancellationToken cancellationToken)
    {
        string host = Environment.ProcessPath is { } path && Path.GetFileNameWithoutExtension(path) is "dotnet" ? path : "dotnet";
        var start = new ProcessStartInfo(host, [program, .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        using Process process = Process.Start(start) ?? throw new InvalidOperationException($"{host} did not start");
        using CancellationTokenRegistration kill = cancellationToken.Register(() => process.Kill(entireProcessTree: true));
        Task<string> error = process.StandardError.ReadToEndAsync(CancellationToken.None);
        Task output = process.StandardOutput.ReadToEndAsync(CancellationToken.None);
        long peak = 0;
        while (!process.WaitForExit(PeriodMs))
        {
            process.Refresh();
            try
            {
                peak = Math.Max(peak, process.PeakWorkingSet64);
            }
            catch (InvalidOperationException)
            {
                // It ended between the two looks.
            }
        }
        output.GetAwaiter().GetResult();
        cancellationToken.ThrowIfCancellationRequested();
        if (process.ExitCode != Cli.ExitCode.Done && !(mayMissTargets && process.ExitCode == Cli.ExitCode.Failed))
            throw new InvalidOperationException($"movc {string.Join(' ', arguments)} ended with {process.ExitCode}: {error.GetAwaiter().GetResult().Trim()}");
        return peak / 1e6;
    }
}
