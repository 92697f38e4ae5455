using Movc.Domain.Aggregators;
using Movc.Domain.Dispatch;
using Movc.Domain.Fleet;

namespace Movc.RollingOptimizer.Setpoints;

/// <summary>
/// Keeps what went out to aggregators and what came back: sent, then accepted, rejected or timed out, then observed or not followed,
/// in the end superseded or expired. What was not followed it tells the twin as events of the vehicles, so that the next plan stands on
/// what they really do; an aggregator that does not answer is left out of plans until it does again. For several threads at once.
/// </summary>
public sealed class SetpointDesk
{
    /// <summary>Intervals whose parts are kept: as long as a setpoint may stand, and one more for late answers.</summary>
    private const int IntervalsKept = DispatchParameters.SetpointValidSlots + 1;

    private readonly DeskOptions _options;
    private readonly ExceptionEvents _events;
    private readonly Lock _lock = new();
    private readonly SortedDictionary<long, List<SentPart>> _sent = [];
    private readonly Dictionary<string, AggregatorBook> _books;
    private readonly Dictionary<int, long[]> _untilMs = [];
    private readonly TaskCompletionSource _begun = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private FleetSnapshot? _fleet;
    private long? _firstMs;

    /// <param name="options">How.</param>
    /// <param name="events">Where the vehicles' events go.</param>
    public SetpointDesk(DeskOptions options, ExceptionEvents events)
    {
        ArgumentNullException.ThrowIfNull(options);
        (_options, _events) = (options, events);
        _books = options.Aggregators.Names.ToDictionary(name => name, name => new AggregatorBook(name), StringComparer.Ordinal);
    }

    /// <summary>Completes once setpoints are out: before that no answer can be taken.</summary>
    public Task Begun => _begun.Task;

    /// <summary>Who passes setpoints on.</summary>
    public IAggregatorMap Aggregators => _options.Aggregators;

    /// <summary>Names of the aggregators that did not answer the last setpoints that they were sent in time.</summary>
    public IReadOnlyList<string> Silent
    {
        get { lock (_lock) return [.. _books.Values.Where(b => b.SilentSinceMs is not null).Select(b => b.Name)]; }
    }

    /// <summary>Takes note of the fleet at a boundary, before its plan, and gives up what is overdue.</summary>
    public async Task BeginAsync(FleetSnapshot fleet, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(fleet);
        lock (_lock) _fleet = fleet;
        await TickAsync(fleet.AtMs, cancellationToken);
    }

    /// <summary>Takes note of setpoints that went out; aggregators within the process answer at once.</summary>
    /// <param name="planId">The plan that they are of.</param>
    /// <param name="batches">One a shard.</param>
    /// <param name="vehicleIds">Ids of each batch's vehicles.</param>
    /// <param name="parts">The same by aggregator.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task SentAsync(
        string planId, IReadOnlyList<SetpointBatch> batches, IReadOnlyList<string[]> vehicleIds, IReadOnlyList<SetpointPart>[] parts, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(batches);
        ArgumentNullException.ThrowIfNull(vehicleIds);
        List<SentPart> sent = [.. parts.SelectMany(shard => shard).Where(part => part.Aggregator.Length > 0).Select(part => new SentPart(planId, part))];
        if (batches.Count == 0) return;
        lock (_lock)
        {
            _firstMs ??= batches[0].AtMs;
            _sent[batches[0].AtMs] = sent;
            while (_sent.Count > IntervalsKept)
            {
                (long atMs, List<SentPart> old) = _sent.First();
                foreach (SentPart part in old) _books[part.Part.Aggregator].Past += part.Counts();
                _sent.Remove(atMs);
            }
            for (int s = 0; s < batches.Count; s++) NoteStanding(batches[s], vehicleIds[s]);
            NoteExpired(batches[0].AtMs);
            foreach (SentPart part in sent) _books[part.Part.Aggregator].LastSentMs = part.Part.AtMs;
        }
        _begun.TrySetResult();
        if (_options.Inside is not { } inside) return;
        foreach (SentPart part in sent)
        {
            if (inside.Accept(part.Part) is { } accepted && accepted.SaidAtMs <= part.Part.AtMs + _options.PatienceMs) await TakeAsync(accepted, cancellationToken);
            else await TimeOutAsync([part], part.Part.AtMs + _options.PatienceMs, cancellationToken);
            if (inside.Observe(part.Part) is { } observed) await TakeAsync(observed, cancellationToken);
        }
    }

    /// <summary>Takes an answer; what it says again is passed over.</summary>
    /// <returns>What is wrong with it, in words; empty = it was taken.</returns>
    public async Task<string> TakeAsync(SetpointAck ack, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(ack);
        var named = new List<(SentPart Part, SetpointException Exception)>();
        var told = new List<(SetpointPart Part, SetpointException Exception)>();
        lock (_lock)
        {
            // Read again after a restart: what it speaks of was this program's before, and is over.
            if (ack.SetpointAtMs < _firstMs) return string.Empty;
            if (!_books.TryGetValue(ack.Aggregator, out AggregatorBook? book)) return $"no aggregator is named \"{ack.Aggregator}\"";
            if (!_sent.TryGetValue(ack.SetpointAtMs, out List<SentPart>? parts))
                return string.Create(System.Globalization.CultureInfo.InvariantCulture, $"nothing is awaited for setpoints of {DateTimeOffset.FromUnixTimeMilliseconds(ack.SetpointAtMs):yyyy-MM-dd HH:mm}Z");
            SentPart[] of = [.. parts.Where(p => string.Equals(p.Part.Aggregator, ack.Aggregator, StringComparison.Ordinal) && (ack.Shard is null || p.Part.Shard == ack.Shard))];
            foreach (SetpointException exception in ack.Exceptions)
            {
                if (exception.Outcome is not (SetpointOutcome.Rejected or SetpointOutcome.TimedOut or SetpointOutcome.NotFollowed)) return $"\"{exception.Vehicle}\": the outcome is neither rejected, timed out nor not followed";
                if (Array.Find(of, p => p.Holds(exception.Vehicle)) is not { } part) return $"\"{exception.Vehicle}\" was sent no setpoint then";
                named.Add((part, exception));
            }
            // Nothing is noted before all of it is found right: an answer that is refused has done nothing, and may be sent again.
            foreach ((SentPart part, SetpointException exception) in named)
            {
                if (part.Except(exception.Vehicle, exception.Outcome)) told.Add((part.Part, exception));
            }
            foreach (SentPart part in of)
            {
                if (ack.Kind == AckKind.Observed) part.IsObserved = true;
                // Too late to stand for the interval, but the aggregator is there again.
                else if (!part.IsTimedOut) part.IsAccepted = true;
            }
            book.Heard(ack.SetpointAtMs, ack.SaidAtMs);
        }
        foreach ((SetpointPart part, SetpointException exception) in told) _events.Add(part, exception, ack.SaidAtMs);
        await _events.SendAsync(cancellationToken);
        return string.Empty;
    }

    /// <summary>Gives up what nobody answered by an instant of the city.</summary>
    public async Task TickAsync(long cityMs, CancellationToken cancellationToken)
    {
        SentPart[] late;
        lock (_lock) late = [.. _sent.Values.SelectMany(parts => parts).Where(p => !p.IsAccepted && !p.IsTimedOut && !p.IsObserved && p.Part.AtMs + _options.PatienceMs <= cityMs)];
        if (late.Length > 0) await TimeOutAsync(late, cityMs, cancellationToken);
    }

    /// <summary>What is known of every aggregator, by name.</summary>
    public IReadOnlyList<AggregatorView> View()
    {
        lock (_lock)
        {
            var last = new Dictionary<string, SetpointCounts>(StringComparer.Ordinal);
            var all = new Dictionary<string, SetpointCounts>(StringComparer.Ordinal);
            foreach (SentPart part in _sent.Values.SelectMany(parts => parts))
            {
                SetpointCounts counts = part.Counts();
                all[part.Part.Aggregator] = all.GetValueOrDefault(part.Part.Aggregator) + counts;
                if (part.Part.AtMs == _books[part.Part.Aggregator].LastSentMs) last[part.Part.Aggregator] = last.GetValueOrDefault(part.Part.Aggregator) + counts;
            }
            return [.. _books.Values.Select(b => b.View(last.GetValueOrDefault(b.Name), all.GetValueOrDefault(b.Name)))];
        }
    }

    /// <summary>The setpoints that an aggregator was sent for an interval; null where none are kept.</summary>
    /// <param name="aggregator">Its name.</param>
    /// <param name="atMs">When they took effect; null = the newest.</param>
    public SetpointSheet? Sheet(string aggregator, long? atMs)
    {
        lock (_lock)
        {
            foreach ((long sentMs, List<SentPart> parts) in Enumerable.Reverse(_sent))
            {
                if (atMs is { } wanted && wanted != sentMs) continue;
                SentPart[] of = [.. parts.Where(p => string.Equals(p.Part.Aggregator, aggregator, StringComparison.Ordinal))];
                if (of.Length > 0) return Sheet(of);
            }
            return null;
        }
    }

    /// <summary>The newest setpoint of a vehicle that is kept; null = none is.</summary>
    public VehicleSetpoint? OfVehicle(string vehicle)
    {
        lock (_lock)
        {
            foreach (List<SentPart> parts in Enumerable.Reverse(_sent.Values))
            {
                if (parts.Find(p => p.Holds(vehicle)) is not { } sent) continue;
                SetpointPart part = sent.Part;
                return new VehicleSetpoint(
                    vehicle, part.Aggregator, sent.PlanId, DateTimeOffset.FromUnixTimeMilliseconds(part.AtMs), DateTimeOffset.FromUnixTimeMilliseconds(part.ValidUntilMs),
                    part.PowerW[Array.IndexOf(part.Vehicle, vehicle)], sent.Of(vehicle));
            }
            return null;
        }
    }

    private static SetpointSheet Sheet(SentPart[] parts) => new(
        parts[0].PlanId, DateTimeOffset.FromUnixTimeMilliseconds(parts[0].Part.AtMs), DateTimeOffset.FromUnixTimeMilliseconds(parts[0].Part.ValidUntilMs),
        [.. parts.SelectMany(p => p.Part.Vehicle)], [.. parts.SelectMany(p => p.Part.PowerW)], [.. parts.SelectMany(p => p.Part.Vehicle.Select(p.Of))]);

    private async Task TimeOutAsync(IReadOnlyList<SentPart> parts, long cityMs, CancellationToken cancellationToken)
    {
        var told = new List<(SetpointPart Part, SetpointException Exception)>();
        lock (_lock)
        {
            foreach (SentPart part in parts)
            {
                if (part.IsAccepted || part.IsTimedOut) continue;
                part.IsTimedOut = true;
                _books[part.Part.Aggregator].Missed(part.Part.AtMs);
                foreach (string vehicle in part.Part.Vehicle)
                {
                    if (part.Of(vehicle) == SetpointOutcome.TimedOut) told.Add((part.Part, new SetpointException(vehicle, SetpointOutcome.TimedOut, null)));
                }
            }
        }
        foreach ((SetpointPart part, SetpointException exception) in told) _events.Add(part, exception, cityMs);
        await _events.SendAsync(cancellationToken);
    }

    private AggregatorBook Book(ReadOnlySpan<byte> vehicleId) => _books[_options.Aggregators.Names[_options.Aggregators.Of(vehicleId)]];

    /// <summary>Setpoints that ended, of vehicles that are still there and got no other.</summary>
    private void NoteExpired(long atMs)
    {
        if (_fleet is not { } fleet || fleet.AtMs != atMs) return;
        foreach (ShardSnapshot shard in fleet.Shards)
        {
            if (!_untilMs.TryGetValue(shard.Shard, out long[]? until)) continue;
            for (int k = 0; k < shard.PluggedCount; k++)
            {
                int v = shard.Vehicle[k];
                if (v >= until.Length || until[v] == 0 || until[v] > atMs) continue;
                until[v] = 0;
                Book(shard.Ids.Utf8(v)).Expired++;
            }
        }
        _fleet = null;
    }

    private void NoteStanding(SetpointBatch batch, string[] ids)
    {
        if (batch.Count == 0) return;
        int room = batch.Vehicle[^1] + 1;
        long[] until = _untilMs.TryGetValue(batch.Shard, out long[]? kept) && kept.Length >= room ? kept : [.. kept ?? [], .. new long[room - (kept?.Length ?? 0)]];
        _untilMs[batch.Shard] = until;
        Span<byte> utf8 = stackalloc byte[3 * Domain.Events.VehicleEventRules.MaxVehicleIdBytes];
        for (int k = 0; k < batch.Count; k++)
        {
            int v = batch.Vehicle[k];
            if (until[v] >= batch.AtMs) Book(utf8[..System.Text.Encoding.UTF8.GetBytes(ids[k], utf8)]).Superseded++;
            until[v] = batch.ValidUntilMs;
        }
    }
}
