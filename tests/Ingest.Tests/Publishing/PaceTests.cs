using System.Diagnostics;
using Movc.Domain.Sources;
using Movc.Domain.Queries;
using Movc.Domain.Time;
using Movc.EventLog.InProcess;
using Movc.Ingest.Publishing;

namespace Movc.Ingest.Tests.Publishing;

/// <summary>A clock that is paused, stepped, hurried and sped up while it turns.</summary>
public sealed class PaceTests
{
    private const long Start = 1_658_102_400_000;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact(Timeout = 60_000)]
    public async Task A_paused_clock_stands_steps_and_hurries_where_it_is_told_and_then_plays()
    {
        using var pace = new Pace(null, TimeProvider.System);
        pace.Pause();
        var source = new Ticks();
        await using var log = new InProcessEventLog(1);
        var driver = new SourceDriver(source, log, new DriverOptions(null, null) { Pace = pace }, TimeProvider.System);
        Task run = driver.RunAsync([new SourcePosition(0, long.MinValue, 1)], Token);
        while (!pace.Holds) await Task.Delay(2, Token);
        (driver.CityMs, source.Calls.Count).ShouldBe((Start, 0));
        pace.StepTo(Start + Slots.Ms);
        await UntilAsync(() => driver.CityMs == Start + Slots.Ms && pace.Holds);
        // Into the middle of an interval, and no further.
        pace.HurryTo(Start + (3 * Slots.Ms) + 120_000);
        await UntilAsync(() => driver.CityMs == Start + (3 * Slots.Ms) + 120_000 && pace.Holds);
        pace.IsPaused.ShouldBeTrue();
        pace.StepTo(Start + (4 * Slots.Ms));
        await UntilAsync(() => driver.CityMs == Start + (4 * Slots.Ms) && pace.Holds);
        pace.Play();
        await run;
        driver.CityMs.ShouldBe(source.EndMs!.Value);
        // However it was cut: adjoining ranges without a gap, none over an interval's boundary.
        source.Calls[0].From.ShouldBe(Start);
        for (int i = 1; i < source.Calls.Count; i++) source.Calls[i].From.ShouldBe(source.Calls[i - 1].To);
        source.Calls.ShouldAllBe(c => c.To <= Slots.Floor(c.From) + Slots.Ms && c.To > c.From);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_step_that_was_broken_off_by_a_jump_back_is_not_made_up_for()
    {
        using var pace = new Pace(60, TimeProvider.System);
        pace.StepTo(Start + (6 * Slots.Ms));
        // Another clock on the same pace, which begins earlier and is to stand there.
        pace.HurryTo(Start + Slots.Ms);
        await using var log = new InProcessEventLog(1);
        using var stop = new CancellationTokenSource();
        var driver = new SourceDriver(new Ticks(), log, new DriverOptions(null, null) { Pace = pace }, TimeProvider.System);
        Task run = driver.RunAsync([new SourcePosition(0, long.MinValue, 1)], stop.Token);
        await UntilAsync(() => pace.Holds);
        driver.CityMs.ShouldBe(Start + Slots.Ms);
        await stop.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => run);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_speed_that_is_changed_takes_effect_at_once()
    {
        // An interval an hour: without the change it would not get anywhere.
        using var pace = new Pace(1.0 / 6, TimeProvider.System);
        var source = new Ticks();
        await using var log = new InProcessEventLog(1);
        var driver = new SourceDriver(source, log, new DriverOptions(null, null) { Pace = pace }, TimeProvider.System);
        Task run = driver.RunAsync([new SourcePosition(0, long.MinValue, 1)], Token);
        while (source.Calls.Count == 0) await Task.Delay(2, Token);
        pace.Speed = 1e6;
        await run;
        pace.Speed.ShouldBe(1e6);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_paused_clock_ends_when_it_is_called_off()
    {
        using var pace = new Pace(60, TimeProvider.System);
        pace.Pause();
        await using var log = new InProcessEventLog(1);
        using var stop = new CancellationTokenSource();
        Task run = new SourceDriver(new Ticks(), log, new DriverOptions(null, null) { Pace = pace }, TimeProvider.System).RunAsync([new SourcePosition(0, long.MinValue, 1)], stop.Token);
        while (!pace.Holds) await Task.Delay(2, Token);
        await stop.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => run);
    }

    private static async Task UntilAsync(Func<bool> isSo)
    {
        var watch = Stopwatch.StartNew();
        while (!isSo())
        {
            watch.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(20));
            await Task.Delay(2, Token);
        }
    }

    private sealed class Ticks : IVehicleEventSource
    {
        public List<(long From, long To)> Calls { get; } = [];

        public string SourceUri => "movc:ticks";

        public CityMode Mode => CityMode.Replay;

        public int VehicleCount => 0;

        public long StartMs => Start;

        public long? EndMs => Start + (8 * Slots.Ms);

        public void EmitInitial(IVehicleEventSink sink, CancellationToken cancellationToken)
        {
            // Nobody is there.
        }

        public void Emit(long fromMs, long toMs, IVehicleEventSink sink, CancellationToken cancellationToken) => Calls.Add((fromMs, toMs));
    }
}
