using System.Globalization;
using Google.Protobuf;
using Movc.Domain.Events;
using Movc.EventLog;
using Movc.EventLog.Records;
using Movc.TwinState.Store;
using V1DeadLetter = Movc.EventLog.Wire.V1.DeadLetter;

namespace Movc.TwinState.DeadLetters;

/// <summary>Stores what sources put aside before it could become an event. Reads what the log holds anew at every start: a letter is stored once, by source and reference.</summary>
internal sealed class DeadLetterWriter(IEventStore store, IEventLog log, TimeProvider clock)
{
    /// <summary>Opens a partition, so that nothing sent from now on is missed; give the reader to <see cref="RunAsync"/>.</summary>
    public ILogConsumer Open(int partition) => log.OpenConsumer(Topics.DeadLetter, Twin.Group, partition, ILogConsumer.Earliest);

    /// <summary>Reads a partition until the log ends or the token fires; disposes the reader.</summary>
    public async Task RunAsync(ILogConsumer consumer, int partition, CancellationToken cancellationToken)
    {
        await using (consumer)
        {
            while (await consumer.ReadAsync(cancellationToken) is { } batch)
            {
                var letters = new List<DeadLetter>(batch.Records.Count);
                long offset = batch.FirstOffset;
                foreach (LogRecord record in batch.Records) letters.Add(Read(in record, partition, offset++));
                await store.PutAsideAsync(letters, CancellationToken.None);
                consumer.Acknowledge(batch.NextOffset);
            }
        }
    }

    /// <summary>The letter in a record; a record that holds none becomes a letter itself, because poison here must stop nothing either.</summary>
    private DeadLetter Read(in LogRecord record, int partition, long offset)
    {
        string fault;
        try
        {
            V1DeadLetter m = V1DeadLetter.Parser.ParseFrom(record.Value);
            return new DeadLetter(
                m.RecordedAtMs, DeadLetterReasonNames.Parse(m.Reason), m.Detail, m.Source, m.Reference, m.HasKey ? m.Key : null, m.Payload.Memory);
        }
        catch (InvalidProtocolBufferException)
        {
            fault = "the record is not a DeadLetter message";
        }
        catch (ArgumentException e)
        {
            fault = e.Message;
        }
        return new DeadLetter(
            clock.GetUtcNow().ToUnixTimeMilliseconds(), DeadLetterReason.Undecodable, fault, Topics.DeadLetter,
            string.Create(CultureInfo.InvariantCulture, $"partition {partition} offset {offset}"), null, record.Value.ToArray());
    }
}
