namespace Movc.Domain.Aggregators;

/// <summary>Takes aggregators' answers to setpoints in.</summary>
public interface ISetpointAnswers
{
    /// <summary>Puts an answer on its way; what it says is looked at further on. Returns when it is durable.</summary>
    ValueTask TakeAsync(SetpointAck ack, CancellationToken cancellationToken);
}
