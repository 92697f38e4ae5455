using System.Globalization;
using System.Text;
using Movc.Domain.Events;
using Movc.EventLog.Records;
using Movc.EventLog.Wire;
using Movc.TwinState.Store;
using SourceProgressed = Movc.EventLog.Wire.V1.SourceProgressed;

namespace Movc.TwinState.Shards;

/// <summary>
/// Takes one record after the other: reads its attributes, drops what was seen before, checks it, applies it and puts it into
/// the transaction. Whatever does not become an event becomes a dead letter with its reason; what something still to come may
/// explain waits for it.
/// </summary>
internal sealed class ShardIntake(ShardState state, ShardSources sources, WaitingRoom waiting, IEventStore store, int partitions, TimeProvider clock)
{
    private readonly HashSet<(int Source, string Id)> _freshIds = [];

    /// <summary>The city's clock as far as its source has told it, against which other sources' clocks are held.</summary>
    private long _cityMs = long.MinValue;

    /// <summary>What a record came to, as far as the shard's loop must know.</summary>
    internal enum Outcome : byte
    {
        Taken = 0,
        Progress = 1,
    }

    /// <summary>Takes a record.</summary>
    /// <param name="record">As it came.</param>
    /// <param name="offset">Its place in the partition, named in a dead letter that has no id.</param>
    /// <param name="append">The open transaction.</param>
    /// <param name="progressMs">Where the source stands, for <see cref="Outcome.Progress"/>.</param>
    public Outcome Take(in LogRecord record, long offset, ShardAppend append, out long progressMs)
    {
        progressMs = 0;
        state.Counters.Read++;
        if (!EventAttributes.TryRead(in record, out EventAttributes attributes, out string fault))
        {
            PutAside(append, DeadLetterReason.Undecodable, fault, in attributes, in record, offset);
            return Outcome.Taken;
        }
        ShardSources.Source source = sources.Get(attributes.Source);
        if (attributes.Type.SequenceEqual(EventSchemas.SourceProgressedUtf8))
        {
            state.Counters.Read--;
            return TakeProgress(source, in attributes, in record, offset, append, out progressMs);
        }
        if (IsSeen(source, in attributes, out bool tooOld))
        {
            if (tooOld)
            {
                source.Counters.PutAside++;
                PutAside(append, DeadLetterReason.SequenceTooOld, $"sequence {attributes.Sequence} lies behind a gap that was given up", in attributes, in record, offset);
            }
            else
            {
                source.Counters.Duplicate++;
                state.Counters.Duplicate++;
            }
            return Outcome.Taken;
        }
        TakeNew(source, in attributes, in record, offset, append);
        if (attributes.Sequence > 0)
        {
            source.Window.Take(attributes.Sequence);
        }
        else
        {
            string id = Encoding.UTF8.GetString(attributes.Id);
            _freshIds.Add((source.Index, id));
            append.EventIds.Add((source.Index, id));
        }
        source.IsDirty = true;
        return Outcome.Taken;
    }

    /// <summary>The ids of the transaction are in the store now.</summary>
    public void OnDurable(ShardAppend append)
    {
        foreach ((int source, string id) in append.EventIds) _freshIds.Remove((source, id));
    }

    private Outcome TakeProgress(ShardSources.Source source, in EventAttributes attributes, in LogRecord record, long offset, ShardAppend append, out long progressMs)
    {
        progressMs = 0;
        try
        {
            SourceProgressed progressed = SourceProgressed.Parser.ParseFrom(record.Value);
            progressMs = progressed.AtMs;
            if (progressed.AtMs > source.ReachedMs)
            {
                source.ReachedMs = progressed.AtMs;
                source.NextSequence = progressed.NextSequence;
                source.IsDirty = true;
            }
            // Other sources may tell how far they are; only one of them is the city's clock.
            return source.IsClock ? Outcome.Progress : Outcome.Taken;
        }
        catch (Google.Protobuf.InvalidProtocolBufferException)
        {
            PutAside(append, DeadLetterReason.Undecodable, "the payload is not a SourceProgressed message", in attributes, in record, offset);
            return Outcome.Taken;
        }
    }

    private bool IsSeen(ShardSources.Source source, in EventAttributes attributes, out bool tooOld)
    {
        tooOld = false;
        if (attributes.Sequence > 0)
        {
            SequenceWindow.Verdict verdict = source.Window.Judge(attributes.Sequence);
            tooOld = verdict == SequenceWindow.Verdict.TooOld;
            return verdict != SequenceWindow.Verdict.New;
        }
        string id = Encoding.UTF8.GetString(attributes.Id);
        return _freshIds.Contains((source.Index, id)) || store.HasEventId(state.Shard, source.Index, id);
    }

    private void TakeNew(ShardSources.Source source, in EventAttributes attributes, in LogRecord record, long offset, ShardAppend append)
    {
        Refusal refusal = TryRead(in attributes, in record, out EventSchema schema, out VehicleEvent e);
        int vehicle = -1;
        if (!refusal.IsRefused)
        {
            vehicle = state.Find(attributes.Subject);
            refusal = state.Check(vehicle, in e, _cityMs);
            NoteClock(source, in e, refusal.Reason);
        }
        long recordedMs = clock.GetUtcNow().ToUnixTimeMilliseconds();
        if (!refusal.IsRefused)
        {
            vehicle = Accept(source, vehicle, attributes.Subject, schema, in e, recordedMs, attributes.Sequence, record.Value, append);
            TakeUp(vehicle, attributes.Subject, append);
            return;
        }
        source.Counters.PutAside++;
        PutAside(append, refusal.Reason, refusal.Detail, in attributes, in record, offset);
        if (!StateRules.MayBeExplained(refusal.Reason)) return;
        waiting.Add(
            new WaitingEvent(
                source.Index, source.Uri, Encoding.UTF8.GetString(attributes.Id), attributes.Subject.ToArray(), schema, e.Quality, e.OccurredAtMs, recordedMs, attributes.Sequence,
                record.Value.ToArray()),
            append);
    }

    /// <summary>Moves the city's clock on, or holds another source's clock against it, the refused ones too: one that is hours ahead must show.</summary>
    private void NoteClock(ShardSources.Source source, in VehicleEvent e, DeadLetterReason refused)
    {
        if (!source.IsClock)
        {
            if (_cityMs != long.MinValue) source.Counters.Skew.Add(e.OccurredAtMs, _cityMs);
        }
        else if (refused != DeadLetterReason.TimeAhead)
        {
            _cityMs = Math.Max(_cityMs, e.OccurredAtMs);
        }
    }

    /// <summary>What can be said of a record without the vehicle's state.</summary>
    private Refusal TryRead(in EventAttributes attributes, in LogRecord record, out EventSchema schema, out VehicleEvent e)
    {
        e = default;
        if (!EventSchemas.TryParse(attributes.Type, out schema)) return EventSchemas.Unknown(Encoding.UTF8.GetString(attributes.Type));
        if (attributes.Subject.Length is 0 or > VehicleEventRules.MaxVehicleIdBytes)
            return new Refusal(DeadLetterReason.MissingField, "the subject (vehicle id) must have 1 to 64 bytes");
        int partition = Murmur2.Partition(attributes.Subject, partitions);
        if (partition != state.Shard)
            return new Refusal(DeadLetterReason.KeyMismatch, string.Create(CultureInfo.InvariantCulture, $"the vehicle belongs to partition {partition}, the record came in {state.Shard}; key by the vehicle id with murmur2"));
        return VehicleEventCodec.TryDecode(schema, record.Value, attributes.TimeMs, attributes.Quality, out e)
            ? VehicleEventRules.Check(in e)
            : new Refusal(DeadLetterReason.Undecodable, $"the payload is not the Protobuf message of {EventSchemas.Name(schema)}");
    }

    /// <summary>Applies an event and puts it into the transaction.</summary>
    /// <returns>The vehicle's local index.</returns>
    private int Accept(
        ShardSources.Source source, int vehicle, ReadOnlySpan<byte> id, EventSchema schema, in VehicleEvent e, long recordedMs, long sequence, ReadOnlySpan<byte> payload, ShardAppend append)
    {
        if (vehicle < 0)
        {
            vehicle = state.Add(id);
            append.NewVehicles.Add((vehicle, id.ToArray()));
        }
        ShardColumns c = state.Columns;
        source.Counters.OnAccepted(in e, c.LastEventMs[vehicle] - e.OccurredAtMs);
        state.Apply(vehicle, in e);
        state.Counters.Accepted++;
        var row = new EventRow(++append.JournalSequence, vehicle, c.Version[vehicle], schema, e.Quality, e.OccurredAtMs, recordedMs, source.Index, sequence, c.LastSequence[vehicle]);
        c.LastSequence[vehicle] = row.JournalSequence;
        append.Add(in row, payload);
        return vehicle;
    }

    /// <summary>Takes what waited for an event like the one just accepted, in the order in which it happened, as long as one explains the next.</summary>
    private void TakeUp(int vehicle, ReadOnlySpan<byte> id, ShardAppend append)
    {
        for (bool again = waiting.Count > 0; again;)
        {
            again = false;
            foreach (WaitingEvent put in waiting.Of(id))
            {
                if (!VehicleEventCodec.TryDecode(put.Schema, put.Payload, put.OccurredMs, put.Quality, out VehicleEvent e)) continue;
                Refusal refusal = state.Check(vehicle, in e, _cityMs);
                if (refusal.IsRefused && StateRules.MayBeExplained(refusal.Reason)) continue;
                waiting.Remove(put);
                if (refusal.IsRefused)
                {
                    append.GivenUp.Add(put);
                    continue;
                }
                Accept(sources.All[put.Source], vehicle, id, put.Schema, in e, put.RecordedMs, put.SourceSequence, put.Payload, append);
                append.TakenUp.Add(put);
                again = true;
                break;
            }
        }
    }

    /// <summary>Puts a record of the setpoints' topic aside that is none.</summary>
    public void PutAsideSetpoints(ShardAppend append, in LogRecord record, long offset, string fault) => append.DeadLetters.Add(new DeadLetter(
        clock.GetUtcNow().ToUnixTimeMilliseconds(), DeadLetterReason.Undecodable, fault, EventLog.Topics.Setpoints,
        string.Create(CultureInfo.InvariantCulture, $"partition {state.Shard} offset {offset}"), null, record.Value.ToArray()));

    private void PutAside(ShardAppend append, DeadLetterReason reason, string detail, in EventAttributes attributes, in LogRecord record, long offset)
    {
        state.Counters.DeadLettered++;
        string reference = attributes.Id.IsEmpty
            ? string.Create(CultureInfo.InvariantCulture, $"partition {state.Shard} offset {offset}")
            : Encoding.UTF8.GetString(attributes.Id);
        append.DeadLetters.Add(new DeadLetter(
            clock.GetUtcNow().ToUnixTimeMilliseconds(), reason, detail,
            attributes.Source.IsEmpty ? EventLog.Topics.VehicleEvents : Encoding.UTF8.GetString(attributes.Source),
            reference, record.Key.IsEmpty ? null : Encoding.UTF8.GetString(record.Key), record.Value.ToArray()));
    }
}
