using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Movc.Solve;

namespace Movc.Bench;

/// <summary>The most memory that a solve holds, seen from a process that does nothing else.</summary>
internal static class SolveMemory
{
    /// <summary>Runs <c>movc solve</c> on a drawn fleet and reads what it reports, 10⁶ bytes.</summary>
    /// <exception cref="InvalidOperationException">The process failed; the message holds what it said.</exception>
    public static double PeakMb(string program, int vehicles, int slots, long seed, CancellationToken cancellationToken)
    {
        string host = Environment.ProcessPath is { } path && Path.GetFileNameWithoutExtension(path) is "dotnet" ? path : "dotnet";
        var start = new ProcessStartInfo(host) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        foreach (string argument in new[] { program, "solve", "--synthetic", "--vehicles", Text(vehicles), "--slots", Text(slots), "--seed", Text(seed), "--json" })
            start.ArgumentList.Add(argument);
        using Process process = Process.Start(start) ?? throw new InvalidOperationException($"{host} did not start");
        using CancellationTokenRegistration kill = cancellationToken.Register(() => process.Kill(entireProcessTree: true));
        Task<string> error = process.StandardError.ReadToEndAsync(CancellationToken.None);
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        cancellationToken.ThrowIfCancellationRequested();
        if (process.ExitCode != 0) throw new InvalidOperationException($"movc solve ended with {process.ExitCode}: {error.GetAwaiter().GetResult().Trim()}");
        return JsonSerializer.Deserialize<ResultDocument>(output, ResultDocument.Json)!.PeakRssMb;
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
