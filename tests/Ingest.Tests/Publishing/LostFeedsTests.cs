using System.Text;
using Movc.Domain.Aggregators;
using Movc.Domain.Events;
using Movc.Domain.Sources;
using Movc.Ingest.Publishing;

namespace Movc.Ingest.Tests.Publishing;

public sealed class LostFeedsTests
{
    private const long Hour = 3_600_000;
    private static readonly HashedAggregators Two = new(2);
    private static readonly FeedOutage Outage = new(.5, 2 * Hour, 3 * Hour);

    [Theory]
    [InlineData(Hour)]
    [InlineData(600_000)]
    [InlineData(1_700_000)]
    public void What_is_held_back_comes_late_in_order_and_nothing_is_lost_or_doubled(long step)
    {
        List<(string Id, long AtMs, long ToldMs)> told = Run(0, 5 * Hour, step);
        told.Select(e => (e.Id, e.AtMs)).Order().ShouldBe(EveryMinute.All(0, 5 * Hour).Order());
        List<(string Id, long AtMs, long ToldMs)> lost = [.. told.Where(e => Two.Of(Encoding.UTF8.GetBytes(e.Id)) == 0 && e.AtMs >= Outage.FromMs && e.AtMs < Outage.ToMs)];
        lost.Count.ShouldBeGreaterThan(100);
        lost.ShouldAllBe(e => e.ToldMs >= Outage.ToMs);
        lost.Select(e => e.AtMs).ShouldBeInOrder();
        told.Except(lost).ShouldAllBe(e => e.ToldMs <= e.AtMs + step);
    }

    [Fact]
    public void A_run_that_goes_on_within_the_outage_holds_back_what_was_held_back_before()
    {
        List<(string Id, long AtMs, long ToldMs)> told = Run((2 * Hour) + 1_200_000, 4 * Hour, 600_000);
        told.Where(e => e.AtMs < (2 * Hour) + 1_200_000).ShouldAllBe(e => Two.Of(Encoding.UTF8.GetBytes(e.Id)) == 0);
        told.Count(e => e.AtMs < (2 * Hour) + 1_200_000).ShouldBe(EveryMinute.All(2 * Hour, (2 * Hour) + 1_200_000).Count(e => Two.Of(Encoding.UTF8.GetBytes(e.Id)) == 0));
    }

    private static List<(string Id, long AtMs, long ToldMs)> Run(long fromMs, long toMs, long step)
    {
        var feeds = new LostFeeds(new EveryMinute(), Outage, Two);
        var sink = new Listener();
        for (long at = fromMs; at < toMs; at += step)
        {
            sink.NowMs = Math.Min(toMs, at + step);
            feeds.Emit(at, sink.NowMs, sink, TestContext.Current.CancellationToken);
        }
        return sink.Told;
    }

    /// <summary>Ten vehicles, each of which tells something every minute.</summary>
    private sealed class EveryMinute : IVehicleEventSource
    {
        public string SourceUri => "movc:test";

        public CityMode Mode => CityMode.Simulated;

        public int VehicleCount => 10;

        public long StartMs => 0;

        public long? EndMs => null;

        public static IEnumerable<(string Id, long AtMs)> All(long fromMs, long toMs) =>
            Enumerable.Range((int)(fromMs / 60_000), (int)((toMs - fromMs) / 60_000)).SelectMany(m => Enumerable.Range(0, 10).Select(v => ($"v{v}", m * 60_000L)));

        public void EmitInitial(IVehicleEventSink sink, CancellationToken cancellationToken)
        {
        }

        public void Emit(long fromMs, long toMs, IVehicleEventSink sink, CancellationToken cancellationToken)
        {
            for (long at = (fromMs + 59_999) / 60_000 * 60_000; at < toMs; at += 60_000)
            {
                for (int v = 0; v < 10; v++) sink.Emit(Encoding.UTF8.GetBytes($"v{v}"), new VehicleEvent { Type = VehicleEventType.LocationReported, OccurredAtMs = at });
            }
        }
    }

    private sealed class Listener : IVehicleEventSink
    {
        public long NowMs { get; set; }

        public List<(string Id, long AtMs, long ToldMs)> Told { get; } = [];

        public void Emit(ReadOnlySpan<byte> vehicleId, in VehicleEvent vehicleEvent) => Told.Add((Encoding.UTF8.GetString(vehicleId), vehicleEvent.OccurredAtMs, NowMs));

        public void EmitStored(ReadOnlySpan<byte> vehicleId, EventSchema schema, long occurredAtMs, Quality quality, ReadOnlySpan<byte> payload) => throw new NotSupportedException();

        public void PutAside(DeadLetter letter) => throw new NotSupportedException();
    }
}
