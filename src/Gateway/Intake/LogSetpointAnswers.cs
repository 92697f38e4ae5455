using System.Text;
using Movc.Domain.Aggregators;
using Movc.EventLog;
using Movc.EventLog.Records;
using Movc.EventLog.Wire;

namespace Movc.Gateway.Intake;

/// <summary>Puts aggregators' answers from the HTTP edge into the log, keyed by aggregator so that those of one stay in order.</summary>
public sealed class LogSetpointAnswers(IEventLog log) : ISetpointAnswers
{
    private readonly SemaphoreSlim _one = new(1, 1);
    private ILogProducer? _producer;

    public async ValueTask TakeAsync(SetpointAck ack, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(ack);
        byte[] key = Encoding.UTF8.GetBytes(ack.Aggregator);
        RecordBatch batch = CloudEventRecord.Of(key, Encoding.ASCII.GetBytes(Guid.CreateVersion7().ToString()), "movc:http"u8, SetpointAckCodec.TypeUtf8, ack.SaidAtMs, SetpointAckCodec.ToMessage(ack));
        await _one.WaitAsync(cancellationToken);
        try
        {
            _producer ??= log.OpenProducer(Topics.SetpointAcks);
            await _producer.SendAsync(Murmur2.Partition(key, log.PartitionCount), batch, cancellationToken);
            await _producer.FlushAsync(cancellationToken);
        }
        catch (LogException)
        {
            // A producer that failed stays failed; the next answer tries with another.
            _producer = null;
            throw;
        }
        finally
        {
            _one.Release();
        }
    }
}
