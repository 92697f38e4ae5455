using Movc.Domain.Simulation;
using Movc.Ingest.Simulation;

namespace Movc.Ingest.Tests.Simulation;

/// <summary>Budgets of memory, measured while no other test runs.</summary>
[CollectionDefinition(nameof(SimulatedFleetBudgetTests), DisableParallelization = true)]
[Collection(nameof(SimulatedFleetBudgetTests))]
public sealed class SimulatedFleetBudgetTests
{
    [Fact]
    public void Emitting_allocates_nothing_per_vehicle_or_event_once_it_runs()
    {
        SimulatedFleet fleet = Fleets.Fleet(20_000, 1);
        var sink = new CountingSink();
        fleet.PlayInitial(sink);
        fleet.Play(fleet.StartMs, fleet.StartMs + (2 * Fleets.DayMs), sink);
        long eventsBefore = sink.Count, bytesBefore = GC.GetAllocatedBytesForCurrentThread();
        fleet.Play(fleet.StartMs + (2 * Fleets.DayMs), fleet.StartMs + (4 * Fleets.DayMs), sink);
        long bytes = GC.GetAllocatedBytesForCurrentThread() - bytesBefore, events = sink.Count - eventsBefore;
        events.ShouldBeGreaterThan(100_000);
        // At most one larger list of moments.
        ((double)bytes / events).ShouldBeLessThan(1);
    }

    [Fact]
    public void A_vehicle_takes_under_a_kilobyte()
    {
        const int Vehicles = 100_000;
        // The city's tables are the same for any fleet; the first one fills them.
        PeopleModel people = Fleets.People();
        new SimulatedFleet(Fleets.Shenzhen, people, 20_000, 1, Fleets.MondayMs, Fleets.Calendar).PlayInitial(new CountingSink());
        long before = GC.GetTotalMemory(forceFullCollection: true);
        var fleet = new SimulatedFleet(Fleets.Shenzhen, people, Vehicles, 1, Fleets.MondayMs, Fleets.Calendar);
        fleet.Play(fleet.StartMs, fleet.StartMs + Fleets.DayMs, new CountingSink());
        long bytes = GC.GetTotalMemory(forceFullCollection: true) - before;
        TestContext.Current.TestOutputHelper?.WriteLine($"{(double)bytes / Vehicles:0} bytes a vehicle");
        ((double)bytes / Vehicles).ShouldBeLessThan(1024);
        GC.KeepAlive(fleet);
    }
}
