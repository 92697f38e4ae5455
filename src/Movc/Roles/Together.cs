namespace Movc.Roles;

/// <summary>Parts of a role that live and end together.</summary>
internal static class Together
{
    /// <summary>Runs the parts until the token fires or one ends; then ends the others. Throws what the first failing one threw.</summary>
    /// <param name="stop">Asks them to end.</param>
    /// <param name="parts">Each until its token fires.</param>
    public static async Task RunAsync(CancellationToken stop, params Func<CancellationToken, Task>[] parts)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(stop);
        Task[] running = [.. parts.Select(p => Task.Run(() => p(end.Token), CancellationToken.None))];
        Task first = await Task.WhenAny(running);
        await end.CancelAsync();
        // Every part must have ended before what they stand on is closed; then the first fault is the cause.
        await Task.WhenAll(running).ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        foreach (Task part in running.Where(r => r != first).Prepend(first))
        {
            if (part.IsFaulted) await part;
        }
    }
}
