using System.Text.Json;

namespace Movc.Gateway.Intake;

/// <summary>
/// Takes CloudEvents from the HTTP edge into the event log. Returns once the accepted events are durable, or waits while the log is full.
/// </summary>
public interface IEventIntake
{
    /// <summary>Takes one event or a batch.</summary>
    /// <param name="body">Well-formed JSON, UTF-8 without byte order mark: an object, or an array for a batch. Valid only until the task ends.</param>
    /// <param name="contentType">Media type without parameters: application/cloudevents+json, application/cloudevents-batch+json or application/json.</param>
    /// <param name="cancellationToken">The client went away; what was taken stays taken, and sending it again is harmless.</param>
    /// <exception cref="JsonException">The body is not JSON after all (bytes that are not UTF-8).</exception>
    ValueTask<IntakeResult> AcceptAsync(ReadOnlyMemory<byte> body, string contentType, CancellationToken cancellationToken);
}
