using System.Text;
using Movc.Domain.Events;
using Movc.Domain.Queries;
using Movc.EventLog;
using Movc.EventLog.Records;
using Movc.EventLog.Wire;
using Movc.TwinState.Store.Sqlite;

namespace Movc.TwinState.Tests.Twins;

/// <summary>A feed whose clock jumps, beside the city's own.</summary>
public sealed class ClockJumpTests : IDisposable
{
    private const long Start = RandomScript.Start;
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("movc-jump-");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact(Timeout = 120_000)]
    public async Task A_clock_that_jumps_ahead_spoils_nothing_and_one_that_jumps_back_is_late()
    {
        await using SqliteEventStore store = SqliteEventStore.Open(Path.Combine(_folder.FullName, "twin.db"));
        await using RunningTwin running = await RunningTwin.StartAsync(store, 1);
        var script = new List<(string, VehicleEvent)> { ("v", At(VehicleEventType.Registered, -1) with { CapacityWh = 60_000, EnergyWh = 30_000 }) };
        for (int minute = 0; minute < 60; minute++) script.Add(("w", At(VehicleEventType.Registered, minute) with { CapacityWh = 60_000, EnergyWh = 1 }));
        await running.DriveAsync(new ScriptedSource(script, Start, 6));
        while (running.Fleets.Count < 7) await Task.Delay(5, Token);
        ILogProducer producer = running.Log.OpenProducer(Topics.VehicleEvents);
        // City time is an hour after the start. Right, two hours ahead, half an hour behind, eight days behind, right again.
        (int Minute, int EnergyWh)[] told = [(60, 20_000), (60 + 120, 1), (30, 2), (60 - (8 * 1440), 3), (61, 21_000)];
        var batch = new RecordBatch();
        foreach ((int minute, int energyWh) in told)
        {
            VehicleEvent e = At(VehicleEventType.EnergyMetered, minute) with { EnergyWh = energyWh };
            VehicleEventWriter.Append(batch, "feed"u8, "v"u8, Encoding.UTF8.GetBytes($"{minute}"), in e);
        }
        await producer.SendAsync(0, batch, Token);
        await producer.FlushAsync(Token);
        VehicleView vehicle = (await running.Twin.Queries.VehicleAsync("v", Token)).ShouldNotBeNull();
        (vehicle.ReportedEnergyKwh, vehicle.LastEventAt).ShouldBe((21, DateTimeOffset.FromUnixTimeMilliseconds(Start + (61 * 60_000))));
        TwinStatus status = await running.Twin.Queries.StatusAsync(Token);
        status.DeadLettersByReason["time-ahead"].ShouldBe(1);
        status.DeadLettersByReason["too-late"].ShouldBe(1);
        SourceStatus feed = (await running.Twin.Queries.SourcesAsync(Token)).Single(s => string.Equals(s.Source, "feed", StringComparison.Ordinal));
        (feed.Accepted, feed.PutAside, feed.Late, feed.LatestSeconds).ShouldBe((3, 2, 1, 1800));
        // It shows how far ahead the clock was: two hours and a minute of the city's newest event.
        feed.ClockAheadSeconds.ShouldBe(121 * 60);
        await running.StopAsync();
    }

    private static VehicleEvent At(VehicleEventType type, int minute) => new() { Type = type, OccurredAtMs = Start + (minute * 60_000L) };
}
