using System.Diagnostics;
using Movc.Ingest.Simulation;

namespace Movc.Ingest.Tests.Simulation;

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
    public void A_whole_city_day_is_emitted_at_more_than_a_million_events_a_second()
    {
        long memoryBefore = GC.GetTotalMemory(forceFullCollection: true);
        long buildAt = Stopwatch.GetTimestamp();
        CommutingFleet fleet = Fleets.Fleet(480_000, 1);
        double buildSeconds = Stopwatch.GetElapsedTime(buildAt).TotalSeconds;
        var sink = new CountingSink();
        long initialAt = Stopwatch.GetTimestamp();
        fleet.PlayInitial(sink);
        double initialSeconds = Stopwatch.GetElapsedTime(initialAt).TotalSeconds;
        long initial = sink.Count;
        fleet.Play(fleet.StartMs, fleet.StartMs + Fleets.DayMs, sink);
        long before = sink.Count;
        long dayAt = Stopwatch.GetTimestamp();
        fleet.Play(fleet.StartMs + Fleets.DayMs, fleet.StartMs + 2 * Fleets.DayMs, sink);
        double daySeconds = Stopwatch.GetElapsedTime(dayAt).TotalSeconds;
        long memory = GC.GetTotalMemory(forceFullCollection: true) - memoryBefore;
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"480,000 vehicles: built in {buildSeconds:0.00} s; {initial:#,0} initial facts in {initialSeconds:0.00} s; {sink.Count - before:#,0} events of one day in {daySeconds:0.000} s = {(sink.Count - before) / daySeconds / 1e6:0.00} million/s; {memory / 1e6:0} MB");
        long restartAt = Stopwatch.GetTimestamp();
        CommutingFleet restarted = Fleets.Fleet(480_000, 1);
        long builtAt = Stopwatch.GetTimestamp();
        restarted.Play(fleet.StartMs + 100 * Fleets.DayMs, fleet.StartMs + 100 * Fleets.DayMs + 600_000, sink);
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"restart after 100 days: built in {Stopwatch.GetElapsedTime(restartAt, builtAt).TotalSeconds:0.00} s, first interval in {Stopwatch.GetElapsedTime(builtAt).TotalSeconds:0.00} s; tours without energy {fleet.ToursWithoutEnergy}, overlapping {fleet.ToursOverlapping}");
        memory.ShouldBeLessThan(100_000_000);
        // A tenth of what was measured, so that a busy machine does not fail it and a lost allocation budget does.
        ((sink.Count - before) / daySeconds).ShouldBeGreaterThan(500_000);
        GC.KeepAlive(fleet);
    }
}
