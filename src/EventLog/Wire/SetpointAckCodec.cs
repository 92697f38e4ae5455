using Movc.Domain.Aggregators;
using V1Kind = Movc.EventLog.Wire.V1.AckKind;
using V1SetpointAck = Movc.EventLog.Wire.V1.SetpointAck;

namespace Movc.EventLog.Wire;

/// <summary>An aggregator's answer as the message that carries it, and back.</summary>
public static class SetpointAckCodec
{
    /// <summary>CloudEvents type.</summary>
    public static ReadOnlySpan<byte> TypeUtf8 => "movc.setpoints.answered.v1"u8;

    private const int NotTold = int.MinValue;

    public static V1SetpointAck ToMessage(SetpointAck ack)
    {
        ArgumentNullException.ThrowIfNull(ack);
        var message = new V1SetpointAck { Aggregator = ack.Aggregator, SetpointAtMs = ack.SetpointAtMs, SaidAtMs = ack.SaidAtMs, Kind = (V1Kind)ack.Kind };
        if (ack.Shard is { } shard) message.Partition = shard;
        foreach (SetpointException exception in ack.Exceptions)
        {
            message.Vehicle.Add(exception.Vehicle);
            message.Outcome.Add((int)exception.Outcome);
            message.PowerW.Add(exception.PowerW ?? NotTold);
        }
        return message;
    }

    /// <exception cref="InvalidDataException">Columns of different lengths, or a kind that this version does not know.</exception>
    public static SetpointAck ToAck(V1SetpointAck message)
    {
        ArgumentNullException.ThrowIfNull(message);
        int count = message.Vehicle.Count;
        WireColumns.Check(message.Outcome.Count == count && (message.PowerW.Count == count || message.PowerW.Count == 0));
        WireColumns.Check(message.Kind is V1Kind.Accepted or V1Kind.Observed);
        return new SetpointAck(
            message.Aggregator, message.SetpointAtMs, message.HasPartition ? message.Partition : null, message.SaidAtMs, (AckKind)message.Kind,
            [.. Enumerable.Range(0, count).Select(k => new SetpointException(
                message.Vehicle[k], (SetpointOutcome)message.Outcome[k], message.PowerW.Count == 0 || message.PowerW[k] == NotTold ? null : message.PowerW[k]))]);
    }
}
