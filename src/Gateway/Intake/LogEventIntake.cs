using System.Text;
using System.Text.Json;
using Google.Protobuf;
using Movc.Domain.Events;
using Movc.EventLog;
using Movc.EventLog.Records;
using Movc.EventLog.Wire;
using V1DeadLetter = Movc.EventLog.Wire.V1.DeadLetter;

namespace Movc.Gateway.Intake;

/// <summary>
/// Puts events from the HTTP edge into the log. What a single event shows to be wrong is answered at once and put aside;
/// what only the vehicle's state shows (an unplug of a vehicle that is not plugged in) becomes a dead letter further on.
/// </summary>
public sealed class LogEventIntake : IEventIntake
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);
    private readonly IEventLog _log;
    private readonly TimeProvider _clock;
    private readonly SemaphoreSlim _one = new(1, 1);
    private (ILogProducer Events, ILogProducer DeadLetters)? _producers;

    public LogEventIntake(IEventLog log, TimeProvider clock)
    {
        _log = log;
        _clock = clock;
    }

    public async ValueTask<IntakeResult> AcceptAsync(ReadOnlyMemory<byte> body, string contentType, CancellationToken cancellationToken)
    {
        using JsonDocument document = JsonDocument.Parse(body);
        var batches = new SortedDictionary<int, RecordBatch>();
        var letters = new RecordBatch();
        var refused = new List<IntakeRefusal>();
        int accepted = 0, index = 0;
        IEnumerable<JsonElement> events = document.RootElement.ValueKind == JsonValueKind.Array ? document.RootElement.EnumerateArray() : [document.RootElement];
        foreach (JsonElement json in events)
        {
            Refusal refusal = CloudEventJson.TryRead(json, out string? id, out string source, out string vehicle, out long sequence, out VehicleEvent e);
            if (refusal.IsRefused)
            {
                refused.Add(new IntakeRefusal(index, id, refusal.Reason, refusal.Detail));
                PutAside(letters, refusal, json, id, source, vehicle);
            }
            else
            {
                Append(batches, Encoding.UTF8.GetBytes(source), Encoding.UTF8.GetBytes(vehicle), id!, sequence, in e);
                accepted++;
            }
            index++;
        }
        await SendAsync(batches, letters, cancellationToken);
        return new IntakeResult(accepted, 0, refused);
    }

    private void Append(SortedDictionary<int, RecordBatch> batches, byte[] source, byte[] vehicle, string id, long sequence, in VehicleEvent e)
    {
        int partition = Murmur2.Partition(vehicle, _log.PartitionCount);
        if (!batches.TryGetValue(partition, out RecordBatch? batch)) batches.Add(partition, batch = new RecordBatch());
        if (sequence > 0) VehicleEventWriter.Append(batch, source, vehicle, sequence, partition, in e);
        else VehicleEventWriter.Append(batch, source, vehicle, Encoding.UTF8.GetBytes(id), in e);
    }

    private void PutAside(RecordBatch letters, Refusal refusal, JsonElement json, string? id, string source, string vehicle)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(json.GetRawText());
        var letter = new V1DeadLetter
        {
            RecordedAtMs = _clock.GetUtcNow().ToUnixTimeMilliseconds(),
            Reason = refusal.Reason.ToName(),
            Detail = refusal.Detail,
            Source = source.Length > 0 ? source : "movc:http",
            // Without an id the content names it, so that sending the same rubbish twice is stored once.
            Reference = id ?? Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(bytes))[..16],
            Payload = ByteString.CopyFrom(bytes),
        };
        if (vehicle.Length > 0) letter.Key = vehicle;
        letters.Begin([]);
        letter.WriteTo(letters.End(letter.CalculateSize()));
    }

    private async Task SendAsync(SortedDictionary<int, RecordBatch> batches, RecordBatch letters, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(Patience, _clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        await _one.WaitAsync(either.Token);
        try
        {
            // Kept: on Kafka each is a client with threads and connections of its own.
            (ILogProducer events, ILogProducer deadLetters) = _producers ??= (_log.OpenProducer(Topics.VehicleEvents), _log.OpenProducer(Topics.DeadLetter));
            foreach ((int partition, RecordBatch batch) in batches) await events.SendAsync(partition, batch, either.Token);
            if (letters.Count > 0) await deadLetters.SendAsync(0, letters, either.Token);
            await events.FlushAsync(either.Token);
            await deadLetters.FlushAsync(either.Token);
        }
        catch (LogException)
        {
            // A producer that failed stays failed; the next request tries with another.
            _producers = null;
            throw;
        }
        catch (OperationCanceledException late) when (timeout.IsCancellationRequested)
        {
            throw new TimeoutException($"the twin did not take the events within {Patience.TotalSeconds} s", late);
        }
        finally
        {
            _one.Release();
        }
    }
}
