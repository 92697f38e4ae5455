using System.Runtime.InteropServices;

namespace Movc.Cli;

/// <summary>Ctrl-C and SIGTERM end a run in order, with a checkpoint; a second one ends it at once.</summary>
internal sealed class StopSignals : IDisposable
{
    /// <summary>SIGXFSZ, which has no name of its own here; the number is the same on Linux and macOS.</summary>
    private const PosixSignal FileSizeLimit = (PosixSignal)25;

    private readonly CancellationTokenSource _stop = new();
    private readonly PosixSignalRegistration[] _registrations;

    public StopSignals() => _registrations = OperatingSystem.IsWindows()
        ? [Register(PosixSignal.SIGINT), Register(PosixSignal.SIGTERM)]
        // A limit on the size of files must show as a write that fails with its reason, not as the death of the process.
        : [Register(PosixSignal.SIGINT), Register(PosixSignal.SIGTERM), PosixSignalRegistration.Create(FileSizeLimit, context => context.Cancel = true)];

    public CancellationToken Token => _stop.Token;

    public void Dispose()
    {
        foreach (PosixSignalRegistration registration in _registrations) registration.Dispose();
        _stop.Dispose();
    }

    private PosixSignalRegistration Register(PosixSignal signal) => PosixSignalRegistration.Create(signal, context =>
    {
        if (_stop.IsCancellationRequested) return;
        context.Cancel = true;
        _stop.Cancel();
    });
}
