using Movc.Domain.Events;
using Movc.EventLog;
using Movc.EventLog.Records;
using Movc.TwinState.Store;
using V1DeadLetter = Movc.EventLog.Wire.V1.DeadLetter;

namespace Movc.TwinState.DeadLetters;

/// <summary>Stores what sources put aside before it could become an event.</summary>
internal sealed class DeadLetterWriter(IEventStore store, IEventLog log)
{
    private readonly ILogConsumer[] _consumers = [.. Enumerable.Range(0, log.PartitionCount).Select(p => log.OpenConsumer(Topics.DeadLetter, Twin.Group, p, 0))];

    public Task RunAsync(CancellationToken cancellationToken) => Task.WhenAll(_consumers.Select(c => RunAsync(c, cancellationToken)));

    private async Task RunAsync(ILogConsumer consumer, CancellationToken cancellationToken)
    {
        await using (consumer)
        {
            while (await consumer.ReadAsync(cancellationToken) is { } batch)
            {
                var letters = new List<DeadLetter>(batch.Records.Count);
                foreach (LogRecord record in batch.Records)
                {
                    V1DeadLetter m = V1DeadLetter.Parser.ParseFrom(record.Value);
                    letters.Add(new DeadLetter(
                        m.RecordedAtMs, DeadLetterReasonNames.Parse(m.Reason), m.Detail, m.Source, m.Reference, m.HasKey ? m.Key : null, m.Payload.Memory));
                }
                await store.PutAsideAsync(letters, CancellationToken.None);
                consumer.Acknowledge(batch.NextOffset);
            }
        }
    }
}
