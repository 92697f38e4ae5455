using System.Text;
using Movc.Domain.Aggregators;
using Movc.Domain.Dispatch;
using Movc.Domain.Events;
using Movc.Domain.Fleet;
using Movc.Domain.Time;
using Movc.EventLog;
using Movc.EventLog.InProcess;
using Movc.EventLog.Records;
using Movc.EventLog.Wire;
using Movc.RollingOptimizer.Setpoints;
using Movc.RollingOptimizer.Tests.Horizon;

namespace Movc.RollingOptimizer.Tests.Setpoints;

/// <summary>From sent to observed, and every way in which it goes wrong.</summary>
public sealed class SetpointDeskTests : IAsyncDisposable
{
    private const long At = Fleets.At;
    private const int Vehicles = 40;
    private readonly InProcessEventLog _log = new(1, 1024);
    private readonly ILogConsumer _events;
    private readonly SetpointDesk _desk;

    public SetpointDeskTests()
    {
        _events = _log.OpenConsumer(Topics.VehicleEvents, "test", 0, 0);
        _desk = Desk(null);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _log.DisposeAsync();

    [Fact]
    public async Task What_is_accepted_and_seen_on_meters_is_counted_so_and_an_answer_said_twice_counts_once()
    {
        (SetpointPart[] parts, _) = await SendAsync(_desk, 0);
        Last("aggregator-1").ShouldBe(new SetpointCounts(Sent: parts[0].Count, 0, 0, 0, 0, 0, 0, 0));
        for (int again = 0; again < 2; again++)
        {
            (await _desk.TakeAsync(Ack("aggregator-1", 0, AckKind.Accepted), Token)).ShouldBeEmpty();
            Last("aggregator-1").ShouldBe(new SetpointCounts(parts[0].Count, parts[0].Count, 0, 0, 0, 0, 0, 0));
        }
        var refused = new SetpointException(parts[0].Vehicle[0], SetpointOutcome.Rejected, null);
        var partial = new SetpointException(parts[0].Vehicle[1], SetpointOutcome.NotFollowed, 700);
        (await _desk.TakeAsync(Ack("aggregator-1", 0, AckKind.Observed, refused, partial), Token)).ShouldBeEmpty();
        Last("aggregator-1").ShouldBe(new SetpointCounts(parts[0].Count, parts[0].Count - 1, 1, 0, parts[0].Count - 2, 1, 0, 0));
        _desk.OfVehicle(parts[0].Vehicle[0])!.State.ShouldBe(SetpointOutcome.Rejected);
        _desk.OfVehicle(parts[0].Vehicle[1])!.State.ShouldBe(SetpointOutcome.NotFollowed);
        _desk.OfVehicle(parts[0].Vehicle[2])!.State.ShouldBe(SetpointOutcome.Observed);
        List<(string Vehicle, VehicleEvent Event)> told = Told();
        told.Select(t => (t.Vehicle, t.Event.Type, t.Event.SetpointAtMs, t.Event.PowerW)).ShouldBe(
        [
            (parts[0].Vehicle[0], VehicleEventType.SetpointRejected, At, null),
            (parts[0].Vehicle[1], VehicleEventType.SetpointNotFollowed, At, 700),
        ]);
    }

    [Fact]
    public async Task Who_does_not_answer_in_time_is_left_out_until_it_does_and_its_vehicles_are_told()
    {
        (SetpointPart[] parts, _) = await SendAsync(_desk, 0);
        await _desk.TakeAsync(Ack("aggregator-2", 0, AckKind.Accepted), Token);
        await _desk.TickAsync(At + (Slots.Ms / 2) - 1, Token);
        _desk.Silent.ShouldBeEmpty();
        await _desk.TickAsync(At + (Slots.Ms / 2), Token);
        _desk.Silent.ShouldBe(["aggregator-1"]);
        Last("aggregator-1").TimedOut.ShouldBe(parts[0].Count);
        Last("aggregator-2").TimedOut.ShouldBe(0);
        Told().Select(t => (t.Vehicle, t.Event.Type)).ShouldBe(parts[0].Vehicle.Select(v => (v, VehicleEventType.SetpointTimedOut)));
        // Too late to stand for what was timed out; but it is there again.
        (await _desk.TakeAsync(Ack("aggregator-1", 0, AckKind.Accepted), Token)).ShouldBeEmpty();
        _desk.Silent.ShouldBeEmpty();
        Last("aggregator-1").Accepted.ShouldBe(0);
        // Told once.
        await _desk.TickAsync(At + Slots.Ms, Token);
        Told().ShouldBeEmpty();
    }

    [Fact]
    public async Task Answers_to_nothing_are_refused_with_the_reason()
    {
        (SetpointPart[] parts, _) = await SendAsync(_desk, 0);
        (await _desk.TakeAsync(Ack("nobody", 0, AckKind.Accepted), Token)).ShouldContain("no aggregator is named \"nobody\"");
        (await _desk.TakeAsync(Ack("aggregator-1", 3, AckKind.Accepted), Token)).ShouldContain("nothing is awaited");
        (await _desk.TakeAsync(Ack("aggregator-1", 0, AckKind.Accepted, new SetpointException(parts[1].Vehicle[0], SetpointOutcome.Rejected, null)), Token)).ShouldContain("was sent no setpoint");
        (await _desk.TakeAsync(Ack("aggregator-1", 0, AckKind.Accepted, new SetpointException(parts[0].Vehicle[0], SetpointOutcome.Accepted, null)), Token)).ShouldContain("neither rejected");
        // A refused answer has done nothing, whatever in it was right: what was right is told when it comes again.
        var right = new SetpointException(parts[0].Vehicle[0], SetpointOutcome.Rejected, null);
        (await _desk.TakeAsync(Ack("aggregator-1", 0, AckKind.Accepted, right, new SetpointException(parts[1].Vehicle[0], SetpointOutcome.Rejected, null)), Token)).ShouldContain("was sent no setpoint");
        Last("aggregator-1").ShouldBe(new SetpointCounts(Sent: parts[0].Count, 0, 0, 0, 0, 0, 0, 0));
        Told().ShouldBeEmpty();
        (await _desk.TakeAsync(Ack("aggregator-1", 0, AckKind.Accepted, right), Token)).ShouldBeEmpty();
        Told().Select(t => t.Vehicle).ShouldBe([right.Vehicle]);
    }

    [Fact]
    public async Task Answers_from_before_the_program_was_started_are_passed_over()
    {
        _desk.Begun.IsCompleted.ShouldBeFalse();
        await SendAsync(_desk, 1);
        _desk.Begun.IsCompleted.ShouldBeTrue();
        (await _desk.TakeAsync(Ack("aggregator-1", 0, AckKind.Accepted), Token)).ShouldBeEmpty();
        Last("aggregator-1").Accepted.ShouldBe(0);
    }

    [Fact]
    public async Task A_setpoint_is_superseded_by_a_later_one_and_expires_where_none_comes()
    {
        await SendAsync(_desk, 0);
        // Half of the vehicles get another in the next interval.
        (_, int second) = await SendAsync(_desk, 1, v => v % 2 == 0);
        Total(a => a.Superseded).ShouldBe(second);
        await SendAsync(_desk, 2, _ => false);
        Total(a => a.Expired).ShouldBe(0);
        // Those of interval 0 end at 3, those of interval 1 at 4.
        await SendAsync(_desk, 3, _ => false);
        Total(a => a.Expired).ShouldBe(Vehicles - second);
        await SendAsync(_desk, 4, _ => false);
        Total(a => a.Expired).ShouldBe(Vehicles);
    }

    [Fact]
    public async Task Simulated_aggregators_within_the_process_answer_at_once()
    {
        SetpointDesk desk = Desk(new SimulatedAggregator(new AggregatorBehaviour(Seed: 4, RefusedShare: 0.5)));
        (_, int sent) = await SendAsync(desk, 0);
        SetpointCounts all = desk.View().Select(a => a.Last).Aggregate((a, b) => a + b);
        all.Sent.ShouldBe(sent);
        (all.Accepted + all.Rejected).ShouldBe(sent);
        (all.Observed + all.Rejected).ShouldBe(sent);
        all.Rejected.ShouldBeInRange(1, sent - 1);
        Told().Count.ShouldBe((int)all.Rejected);
    }

    [Fact]
    public void A_silent_aggregator_gets_a_part_all_the_same_so_that_it_can_be_heard_again()
    {
        var map = new HashedAggregators(2);
        var nothing = new SetpointBatch(0, At, At + 1, [], []);
        AggregatorParts.Of(nothing, [], map, []).Select(p => (p.Aggregator, p.Count)).ShouldBe([(string.Empty, 0)]);
        AggregatorParts.Of(nothing, [], map, ["aggregator-2"]).Select(p => (p.Aggregator, p.Count)).ShouldBe([("aggregator-2", 0)]);
        string id = Enumerable.Range(0, 99).Select(n => $"v{n}").First(v => map.Of(Encoding.UTF8.GetBytes(v)) == 0);
        var one = new SetpointBatch(0, At, At + 1, [5], [700]);
        AggregatorParts.Of(one, [id], map, ["aggregator-2"]).Select(p => (p.Aggregator, p.Count)).ShouldBe([("aggregator-1", 1), ("aggregator-2", 0)]);
        AggregatorParts.Of(one, [id], map, ["aggregator-1"]).Select(p => (p.Aggregator, p.Count)).ShouldBe([("aggregator-1", 1)]);
    }

    private SetpointDesk Desk(SimulatedAggregator? inside) => new(new DeskOptions(new HashedAggregators(2)) { Inside = inside }, new ExceptionEvents(_log));

    private static SetpointAck Ack(string aggregator, int slot, AckKind kind, params SetpointException[] exceptions) =>
        new(aggregator, At + (slot * Slots.Ms), null, At + (slot * Slots.Ms) + 1_000, kind, exceptions);

    private SetpointCounts Last(string aggregator) => _desk.View().Single(a => string.Equals(a.Name, aggregator, StringComparison.Ordinal)).Last;

    private long Total(Func<SetpointCounts, long> of) => _desk.View().Sum(a => of(a.Total));

    /// <summary>Sends setpoints of an interval to those of the vehicles that it is for; parts by aggregator.</summary>
    private static async Task<(SetpointPart[] Parts, int Count)> SendAsync(SetpointDesk desk, int slot, Func<int, bool>? whom = null)
    {
        long atMs = At + (slot * Slots.Ms);
        FleetSnapshot fleet = Fleets.Of(atMs, [.. Enumerable.Range(0, Vehicles).Select(_ => new Fleets.Vehicle(60_000, 30_000, 7_000, atMs + (50 * Slots.Ms)))]);
        int[] rows = [.. Enumerable.Range(0, Vehicles).Where(whom ?? (_ => true))];
        ShardSnapshot shard = fleet.Shards[0];
        var batch = new SetpointBatch(0, atMs, atMs + (DispatchParameters.SetpointValidSlots * Slots.Ms), [.. rows.Select(k => shard.Vehicle[k])], [.. rows.Select(k => 100 * k)]);
        string[] ids = [.. batch.Vehicle.Select(v => Encoding.UTF8.GetString(shard.Ids.Utf8(v)))];
        IReadOnlyList<SetpointPart> parts = AggregatorParts.Of(batch, ids, desk.Aggregators, []);
        await desk.BeginAsync(fleet, Token);
        await desk.SentAsync($"plan-{slot}", [batch], [ids], [parts], Token);
        return ([.. parts], rows.Length);
    }

    private List<(string Vehicle, VehicleEvent Event)> Told()
    {
        var told = new List<(string Vehicle, VehicleEvent Event)>();
        while (_events.TryRead(out ConsumedBatch batch))
        {
            foreach (LogRecord record in batch.Records)
            {
                EventAttributes.TryRead(in record, out EventAttributes attributes, out _).ShouldBeTrue();
                EventSchemas.TryParse(attributes.Type, out EventSchema schema).ShouldBeTrue();
                VehicleEventCodec.TryDecode(schema, record.Value, attributes.TimeMs, attributes.Quality, out VehicleEvent e).ShouldBeTrue();
                Encoding.UTF8.GetString(attributes.Source).ShouldBe(ExceptionEvents.SourceUri);
                told.Add((Encoding.UTF8.GetString(record.Key), e));
            }
            _events.Acknowledge(batch.NextOffset);
        }
        return told;
    }
}
