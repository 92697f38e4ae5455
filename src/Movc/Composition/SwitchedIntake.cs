using Movc.Gateway.Intake;

namespace Movc.Composition;

/// <summary>Takes events into the present session, for a page that outlives sessions.</summary>
internal sealed class SwitchedIntake(IEventIntake first) : IEventIntake
{
    private volatile IEventIntake _now = first;

    public void Switch(IEventIntake to) => _now = to;

    public ValueTask<IntakeResult> AcceptAsync(ReadOnlyMemory<byte> body, string contentType, CancellationToken cancellationToken) => _now.AcceptAsync(body, contentType, cancellationToken);
}
