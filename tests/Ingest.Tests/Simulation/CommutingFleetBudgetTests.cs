using System.Diagnostics;
using Movc.Domain.Time;
using Movc.Ingest.Simulation;

namespace Movc.Ingest.Tests.Simulation;

/// <summary>Budgets of time and memory, measured while no other test runs.</summary>
[CollectionDefinition(nameof(CommutingFleetBudgetTests), DisableParallelization = true)]
[Collection(nameof(CommutingFleetBudgetTests))]
public sealed class CommutingFleetBudgetTests
{
    [Fact]
    public void Emitting_allocates_nothing_per_vehicle_or_event_once_it_runs()
    {
        CommutingFleet fleet = Fleets.Fleet(20_000, 1);
        var sink = new CountingSink();
        fleet.PlayInitial(sink);
        fleet.Play(fleet.StartMs, fleet.StartMs + 2 * Fleets.DayMs, sink);
        long eventsBefore = sink.Count, bytesBefore = GC.GetAllocatedBytesForCurrentThread();
        fleet.Play(fleet.StartMs + 2 * Fleets.DayMs, fleet.StartMs + 4 * Fleets.DayMs, sink);
        long bytes = GC.GetAllocatedBytesForCurrentThread() - bytesBefore, events = sink.Count - eventsBefore;
        events.ShouldBeGreaterThan(100_000);
        // The calendar's midnights and, at most, one larger list of moments.
        ((double)bytes / events).ShouldBeLessThan(0.05);
    }

    [Fact]
    public void A_whole_city_day_takes_little_time_and_memory()
    {
        const int vehicles = 480_000;
        // The first fleet also pays for compiling the code.
        CommutingFleet warm = Fleets.Fleet(20_000, 1);
        warm.Play(warm.StartMs, warm.StartMs + 3 * Fleets.DayMs, new CountingSink());

        long memoryBefore = GC.GetTotalMemory(forceFullCollection: true);
        var cpu = new CpuClock();
        CommutingFleet fleet = Fleets.Fleet(vehicles, 1);
        double buildSeconds = cpu.Lap();
        var sink = new CountingSink();
        fleet.PlayInitial(sink);
        double initialSeconds = cpu.Lap();
        long initial = sink.Count;
        fleet.Play(fleet.StartMs, fleet.StartMs + Fleets.DayMs, sink);
        long before = sink.Count;
        cpu.Lap();
        // Entering the day plans it whole; the rest of the day only emits.
        fleet.Play(fleet.StartMs + Fleets.DayMs, fleet.StartMs + Fleets.DayMs + Slots.Ms, sink);
        double planSeconds = cpu.Lap();
        fleet.Play(fleet.StartMs + Fleets.DayMs + Slots.Ms, fleet.StartMs + 2 * Fleets.DayMs, sink);
        double emitSeconds = cpu.Lap();
        long events = sink.Count - before;
        long memory = GC.GetTotalMemory(forceFullCollection: true) - memoryBefore;
        cpu.Lap();
        fleet.Play(fleet.StartMs + 100 * Fleets.DayMs, fleet.StartMs + 100 * Fleets.DayMs + Slots.Ms, sink);
        double jumpSeconds = cpu.Lap();
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"{vehicles:#,0} vehicles, seconds of processor time: built {buildSeconds:0.00}; {initial:#,0} initial facts {initialSeconds:0.00}; one day of {events:#,0} events: planned {planSeconds:0.00}, emitted {emitSeconds:0.00} = {events / (planSeconds + emitSeconds) / 1e6:0.0} million/s; jump of 100 days {jumpSeconds:0.00}; {memory / 1e6:0} MB");
        ((double)memory / vehicles).ShouldBeLessThan(150);
        // A fifth of what was measured: it fails where something allocates or walks all vehicles for every call, not where the machine is busy.
        (events / (planSeconds + emitSeconds)).ShouldBeGreaterThan(800_000);
        GC.KeepAlive(fleet);
    }

    /// <summary>Processor time of this process, which other programs on the machine do not disturb.</summary>
    private sealed class CpuClock
    {
        private TimeSpan _at = Now();

        /// <summary>Seconds since the last lap.</summary>
        public double Lap()
        {
            TimeSpan now = Now();
            double seconds = (now - _at).TotalSeconds;
            _at = now;
            return seconds;
        }

        private static TimeSpan Now()
        {
            using var process = Process.GetCurrentProcess();
            return process.TotalProcessorTime;
        }
    }
}
