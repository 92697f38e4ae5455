using Movc.Solve;

namespace Movc.Cli;

/// <summary>Runs a job that computes: off the caller's thread, with progress on a terminal, ended by Ctrl-C with exit code 1.</summary>
internal static class Jobs
{
    public static async Task<T> RunAsync<T>(Func<JobProgress, CancellationToken, T> job, CancellationToken cancellationToken)
    {
        using var progress = new JobProgress(TimeProvider.System, terminal: !Console.IsErrorRedirected);
        return await Task.Run(() => job(progress, cancellationToken), CancellationToken.None);
    }
}
