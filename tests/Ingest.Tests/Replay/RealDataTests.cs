using Movc.Domain.Events;
using Movc.Ingest.Replay;

namespace Movc.Ingest.Tests.Replay;

public sealed class RealDataTests
{
    [Fact]
    public void Every_row_of_the_trondheim_file_is_used_or_put_aside_with_its_reason()
    {
        ReplayCity city = ReplayData.OpenReal();
        SessionCounts c = city.Counts;
        c.ShouldBe(new SessionCounts(Rows: 6878, Users: 97, Used: 6834, Substituted: 28, Open: 1, Malformed: 0, ZeroLength: 17, Overlapping: 27));
        (c.Used + c.Malformed + c.ZeroLength + c.Overlapping).ShouldBe(c.Rows);

        RecordingSink sink = RecordingSink.RunAll(city.Source);
        sink.Letters.CountBy(l => l.Reason).OrderBy(p => p.Key).Select(p => (p.Key, p.Value)).ShouldBe(
            [(DeadLetterReason.SessionOverlaps, 27), (DeadLetterReason.SessionZeroLength, 17)]);
        sink.Letters.Select(l => l.Reference).Distinct(StringComparer.Ordinal).Count().ShouldBe(44);
        sink.Events.CountBy(e => e.Event.Type).OrderBy(p => p.Key).Select(p => (p.Key, p.Value)).ShouldBe(
            [(VehicleEventType.Registered, 97), (VehicleEventType.PluggedIn, 6834), (VehicleEventType.Unplugged, 6833)]);
        sink.Events.Count(e => e.Event.Quality == Quality.Substituted).ShouldBe(28);
    }

    [Fact]
    public void No_event_of_the_trondheim_file_would_be_refused_and_plugged_vehicles_stay_few()
    {
        ReplayCity city = ReplayData.OpenReal();
        int plugged = 0, most = 0;
        var isPlugged = new HashSet<string>(StringComparer.Ordinal);
        foreach ((string id, VehicleEvent e) in RecordingSink.RunAll(city.Source, 10 * 60_000).Events)
        {
            VehicleEventRules.Check(e).ShouldBe(Refusal.None);
            if (e.Type == VehicleEventType.PluggedIn)
            {
                isPlugged.Add(id).ShouldBeTrue(id);
                most = Math.Max(most, ++plugged);
            }
            else if (e.Type == VehicleEventType.Unplugged)
            {
                isPlugged.Remove(id).ShouldBeTrue(id);
                plugged--;
            }
        }

        // 35 whose end is known, and Share-32, which stands plugged in from 23 December 2019 on.
        most.ShouldBe(36);
        isPlugged.ShouldHaveSingleItem().ShouldBe("Share-32");
    }

    [Fact]
    public void A_start_in_the_middle_of_the_year_emits_what_the_whole_year_emits_from_there()
    {
        var whole = RecordingSink.RunAll(ReplayData.OpenReal().Source);
        ReplayCity late = ReplayData.OpenReal(from: new DateOnly(2019, 11, 1));
        var sink = new RecordingSink();
        sink.Run(late.Source, late.Source.StartMs, late.Source.EndMs!.Value, 86_400_000);
        sink.Events.ShouldBe(whole.Events.Where(e => e.Event.OccurredAtMs >= late.Source.StartMs));
    }

    [Fact]
    public void The_tetouan_load_covers_52_weeks_and_its_peak_becomes_40_kw_a_vehicle()
    {
        ReplayCity city = ReplayData.OpenReal();
        city.Load.Description.ShouldBe(
            "tetouan_2017_10min.csv: sum of 3 zones on the wall clock of Europe/Oslo, shifted by whole weeks and wrapping after 52, metered peak 134,208 kW scaled to 3,880 kW");
        double most = 0, least = double.MaxValue;
        for (long at = city.Source.StartMs; at < city.Source.StartMs + 364L * 86_400_000; at += 600_000)
        {
            most = Math.Max(most, city.Load.LoadKw(at));
            least = Math.Min(least, city.Load.LoadKw(at));
        }

        most.ShouldBe(3880, 1e-6);
        // The data's own span is 36.8 to 134.2 MW.
        (least / most).ShouldBe(36.8 / 134.2, .002);

        // 6 January 2017 was a Friday; 104 weeks on it is 4 January 2019.
        long friday = new DateTimeOffset(2019, 1, 4, 0, 0, 0, TimeSpan.FromHours(1)).ToUnixTimeMilliseconds();
        string row = File.ReadLines(ReplayData.Tetouan).First(l => l.StartsWith("1/6/17 0:00,", StringComparison.Ordinal));
        double metered = row.Split(',')[4..].Sum(f => double.Parse(f, System.Globalization.CultureInfo.InvariantCulture));
        city.Load.LoadKw(friday).ShouldBe(metered * 3880 / 134_208, .05);
    }

    [Fact]
    public void A_hundred_copies_of_the_trondheim_users_keep_every_session()
    {
        ReplayCity city = ReplayData.OpenReal(clone: 100, seed: 5);
        city.Source.VehicleCount.ShouldBe(9700);
        var counter = new CountingSink();
        city.Source.EmitInitial(counter, TestContext.Current.CancellationToken);
        city.Source.Emit(city.Source.StartMs, city.Source.EndMs!.Value, counter, TestContext.Current.CancellationToken);
        counter.Events.ShouldBe(100L * (97 + 6834 + 6833));
        counter.Letters.ShouldBe(44);
    }

    private sealed class CountingSink : Movc.Domain.Sources.IVehicleEventSink
    {
        public long Events { get; private set; }

        public long Letters { get; private set; }

        public void Emit(ReadOnlySpan<byte> vehicleId, in VehicleEvent vehicleEvent) => Events++;

        public void EmitStored(ReadOnlySpan<byte> vehicleId, EventSchema schema, long occurredAtMs, Quality quality, ReadOnlySpan<byte> payload) => throw new InvalidOperationException("nothing here was stored before");

        public void PutAside(DeadLetter letter) => Letters++;
    }
}
