using Movc.Database;
using Movc.Domain;
using Movc.EventLog;
using Movc.Gateway;
using Movc.RollingOptimizer.Exact;

namespace Movc.Cli;

/// <summary>Turns what goes wrong into one line on standard error and an exit code.</summary>
internal static class Guard
{
    public static async Task<int> RunAsync(CancellationToken stop, Func<Task<int>> body)
    {
        try
        {
            return await body();
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // Before the parts run there is nothing to write down.
            return Say("stopped while starting up; what is stored stays as it was", ExitCode.Done);
        }
        catch (InputException wrong)
        {
            return Say(wrong.Message, ExitCode.WrongInput);
        }
        catch (OperationCanceledException)
        {
            return Say("stopped before it was done; nothing is left half-written", ExitCode.Failed);
        }
        catch (Exception failure) when (failure is ExactSolveException or ListenException or StoreException or StoreFencedException or LogException or LogClosedException or IOException or UnauthorizedAccessException)
        {
            return Say(failure.Message, ExitCode.Failed);
        }
#pragma warning disable CA1031 // The last fence before the user: a fault of ours is named as one, with what to send.
        catch (Exception fault) when (Environment.GetEnvironmentVariable("MOVC_DEBUG") is null)
#pragma warning restore CA1031
        {
            return Say($"a fault of movc itself: {fault.GetType().Name}: {fault.Message}; run again with MOVC_DEBUG=1 for the details and report them", ExitCode.Failed);
        }
    }

    private static int Say(string line, int code)
    {
        Console.Error.WriteLine($"movc: {line.ReplaceLineEndings(" ")}");
        return code;
    }
}
