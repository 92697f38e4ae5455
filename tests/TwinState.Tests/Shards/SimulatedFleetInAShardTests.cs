using Movc.Domain.Charging;
using Movc.Domain.Dispatch;
using Movc.Domain.Events;
using Movc.Domain.Fleet;
using Movc.Domain.Simulation;
using Movc.Domain.Sources;
using Movc.Domain.Time;
using Movc.Ingest.Simulation;
using Movc.Ingest.Simulation.Parameters;
using Movc.Ingest.Simulation.People;
using Movc.Ingest.Time;
using Movc.TwinState.Shards;

namespace Movc.TwinState.Tests.Shards;

/// <summary>What the twin makes of a simulated fleet's events, held against the model that they were made from.</summary>
public sealed class SimulatedFleetInAShardTests
{
    private const int Vehicles = 3_000;
    private const int Days = 2;

    [Fact]
    public void Without_a_dispatch_the_citys_Charge_Only_load_is_the_models()
    {
        (SimulatedFleet fleet, UnmanagedCharging unmanaged, PeopleModel people) = Open();
        var state = new ShardState(0, new FleetModel(unmanaged, UtcCalendar.Instance));
        var sink = new Sink(state);
        fleet.EmitInitial(sink, TestContext.Current.CancellationToken);
        double[] twin = new double[Days * Slots.PerDay], dispatched = new double[twin.Length], model = new double[twin.Length];
        for (int t = 0; t < twin.Length; t++)
        {
            long atMs = fleet.StartMs + (t * Slots.Ms);
            state.AdvanceTo(atMs);
            state.Apply(new SetpointBatch(0, atMs, atMs, [], []));
            fleet.Emit(atMs, atMs + Slots.Ms, sink, TestContext.Current.CancellationToken);
            state.AdvanceTo(atMs + Slots.Ms);
            var slot = state.Snapshot(atMs + Slots.Ms, 1);
            (twin[t], dispatched[t]) = (slot.SlotChargeOnlyKw, slot.SlotDispatchedKw);
        }
        int from = SimulatedFleet.WarmUpDays * Slots.PerDay;
        FleetSimulation.Run(
            people, 1, Vehicles, 0, from + twin.Length, _ => new double[twin.Length],
            (load, _, life) =>
            {
                for (int i = 0; i < life.Stays.Length; i++) life.AddLoad(i, from, 0, load);
            },
            load =>
            {
                for (int t = 0; t < model.Length; t++) model[t] += load[t];
            },
            cancellationToken: TestContext.Current.CancellationToken);
        state.Counters.DeparturesUnderPromise.ShouldBe(0);
        state.Counters.Departures.ShouldBeGreaterThan(Vehicles * 2);
        // Stays begin and end up to ten minutes off their slots: the energy is the same within a few hundredths, the peak is too.
        (twin.Sum() / model.Sum()).ShouldBe(1, 0.03);
        (twin.Max() / model.Max()).ShouldBe(1, 0.05);
        double apart = 0;
        for (int t = 0; t < twin.Length; t++)
        {
            apart += Math.Abs(twin[t] - model[t]);
            // Nobody dispatches, so what is drawn is Charge Only to the rounding of the energies.
            dispatched[t].ShouldBe(twin[t], 0.05 + (0.001 * twin[t]));
        }
        (apart / model.Sum()).ShouldBeLessThan(0.06);
    }

    [Fact]
    public void Whatever_is_dispatched_energies_stay_in_the_battery_and_Charge_Only_is_what_it_would_have_been()
    {
        (SimulatedFleet fleet, UnmanagedCharging unmanaged, _) = Open();
        var left = new ShardState(0, new FleetModel(unmanaged, UtcCalendar.Instance));
        var played = new ShardState(0, new FleetModel(unmanaged, UtcCalendar.Instance));
        var sink = new Sink(left, played);
        var random = new Random(5);
        fleet.EmitInitial(sink, TestContext.Current.CancellationToken);
        for (int t = 0; t < Slots.PerDay; t++)
        {
            long atMs = fleet.StartMs + (t * Slots.Ms);
            left.AdvanceTo(atMs);
            left.Apply(new SetpointBatch(0, atMs, atMs, [], []));
            played.AdvanceTo(atMs);
            int[] some = [.. Enumerable.Range(0, Vehicles).Where(v => played.Columns.IsPlugged(v) && random.Next(3) == 0)];
            played.Apply(new SetpointBatch(0, atMs, atMs + Slots.Ms, some, [.. some.Select(v => random.Next(-played.Columns.MaxDischargeW[v], played.Columns.MaxChargeW[v] + 1))]));
            fleet.Emit(atMs, atMs + Slots.Ms, sink, TestContext.Current.CancellationToken);
        }
        ShardColumns a = left.Columns, b = played.Columns;
        int different = 0;
        for (int v = 0; v < Vehicles; v++)
        {
            ((long)b.EnergyMilliWh[v]).ShouldBeInRange(0, b.CapacityWh[v] * 1000L);
            b.ChargeOnlyMilliWh[v].ShouldBe(a.ChargeOnlyMilliWh[v]);
            b.ReportedWh[v].ShouldBe(a.ReportedWh[v]);
            if (Math.Abs(b.EnergyMilliWh[v] - a.EnergyMilliWh[v]) > 1_000_000) different++;
        }
        different.ShouldBeGreaterThan(Vehicles / 4);
        played.Hash().ShouldBe(left.Hash());
    }

    private static (SimulatedFleet Fleet, UnmanagedCharging Unmanaged, PeopleModel People) Open()
    {
        CityParameters city = CityParameterFile.BuiltIn("shenzhen");
        PeopleModel people = CityPeople.Of(city);
        var calendar = new NodaCityCalendar(city.TimeZone);
        return (new SimulatedFleet(city, people, Vehicles, 1, city.DefaultStartMs, calendar), new UnmanagedCharging(new TariffClock(people.Tariff, calendar)), people);
    }

    private sealed class Sink(params ShardState[] states) : IVehicleEventSink
    {
        public void Emit(ReadOnlySpan<byte> vehicleId, in VehicleEvent vehicleEvent)
        {
            foreach (ShardState state in states)
            {
                int v = state.Find(vehicleId);
                state.Check(v, in vehicleEvent).ShouldBe(Refusal.None);
                if (v < 0) v = state.Add(vehicleId);
                state.Apply(v, in vehicleEvent);
            }
        }

        public void EmitStored(ReadOnlySpan<byte> vehicleId, EventSchema schema, long occurredAtMs, Quality quality, ReadOnlySpan<byte> payload) => throw new InvalidOperationException("nothing here was stored before");

        public void PutAside(DeadLetter letter) => throw new InvalidOperationException(letter.Detail);
    }
}
