using System.Text;
using Movc.Domain;
using Movc.Domain.Dispatch;
using Movc.Domain.Events;
using Movc.Domain.Fleet;
using Movc.Domain.Time;
using Movc.TwinState.History;
using Movc.TwinState.Store;
using Movc.TwinState.Store.Sqlite;
using Movc.TwinState.Tests.Twins;

namespace Movc.TwinState.Tests.History;

/// <summary>A stored period lived again by the twin's own shards, against what the running twin was.</summary>
public sealed class PastFleetTests : IDisposable
{
    private const long Start = RandomScript.Start;
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("movc-past-fleet-");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory(Timeout = 300_000)]
    [InlineData(0)]
    [InlineData(11)]
    public async Task Under_the_setpoints_of_then_it_is_what_it_was_at_every_boundary_to_the_last_bit(int first)
    {
        const int slots = 24;
        (string Vehicle, VehicleEvent Event)[] script = [.. RandomScript.Draw(9, 120, 40).Where(s => s.Event.Type != VehicleEventType.SetpointRejected)];
        (IEventStore store, List<FleetSnapshot> lived) = await LiveAsync(script, 40);
        await using IEventStore held = store;
        PastFleet fleet = await PastFleet.OpenAsync(store, FleetModel.Plain, Start + (first * Slots.Ms), slots, int.MaxValue, () => { }, Token);
        (fleet.Vehicles, fleet.FromMs, fleet.Slots).ShouldBe((fleet.AllVehicles, Start + (first * Slots.Ms), slots));
        fleet.Vehicles.ShouldBeGreaterThan(90);
        IFleetAgain again = await fleet.AgainAsync(knowsStays: false, Token);
        for (int t = 0; t < slots; t++)
        {
            FleetSnapshot now = again.Snapshot(), then = lived.Single(f => f.AtMs == now.AtMs);
            for (int s = 0; s < now.Shards.Count; s++)
            {
                ShardSnapshot a = now.Shards[s], b = then.Shards[s];
                Names(a).ShouldBe(Names(b));
                a.EnergyWh.ShouldBe(b.EnergyWh);
                a.ChargeOnlyEnergyWh.ShouldBe(b.ChargeOnlyEnergyWh);
                a.DepartureMs.ShouldBe(b.DepartureMs);
                a.NeededWh.ShouldBe(b.NeededWh);
                a.StandingW.ShouldBe(b.StandingW);
                a.SetpointUntilMs.ShouldBe(b.SetpointUntilMs);
                a.Outlook.GapOffset.ShouldBe(b.Outlook.GapOffset);
                a.Outlook.UsedWh.ShouldBe(b.Outlook.UsedWh);
                a.Outlook.Known.ShouldBeNull();
                if (t == 0) continue;
                (a.SlotWillingChargedKw, a.SlotWillingDischargedKw, a.SlotWillingChargeOnlyKw).ShouldBe((b.SlotWillingChargedKw, b.SlotWillingDischargedKw, b.SlotWillingChargeOnlyKw));
            }
            double kw = await again.FollowAsync([.. now.Shards.Select(RunningTwin.Batch)], Token);
            kw.ShouldBe(fleet.AsItWas.ChargedKw[t] - fleet.AsItWas.DischargedKw[t]);
        }
        FleetHistory lastly = again.Finish().History, was = fleet.AsItWas.History, read = await new FleetHistoryReader(store, FleetModel.Plain).ReadAsync(fleet.FromMs, slots, () => { }, Token);
        lastly.StayCount.ShouldBeGreaterThan(30);
        foreach (FleetHistory other in (FleetHistory[])[was, read])
        {
            foreach (Func<FleetHistory, int[]> column in (Func<FleetHistory, int[]>[])[h => h.StartSlot, h => h.EndSlot, h => h.InitialWh, h => h.FinalWh, h => h.OwedWh, h => h.TripWhAfter, h => h.DepartWh]) column(lastly).ShouldBe(column(other));
            lastly.ChargedKw.ShouldBe(other.ChargedKw);
            (lastly.Departures, lastly.DeparturesUnderPromise, lastly.Satisfaction).ShouldBe((other.Departures, other.DeparturesUnderPromise, other.Satisfaction));
        }
    }

    [Fact(Timeout = 300_000)]
    public async Task A_sample_is_so_many_vehicles_each_as_it_is_among_all()
    {
        (IEventStore store, List<FleetSnapshot> lived) = await LiveAsync(RandomScript.Draw(4, 120, 20), 20);
        await using IEventStore held = store;
        PastFleet all = await PastFleet.OpenAsync(store, FleetModel.Plain, Start + (5 * Slots.Ms), 10, 1_000, () => { }, Token), some = await PastFleet.OpenAsync(store, FleetModel.Plain, Start + (5 * Slots.Ms), 10, 40, () => { }, Token);
        (some.Vehicles, some.AllVehicles, all.Vehicles).ShouldBe((40, all.AllVehicles, all.AllVehicles));
        IFleetAgain again = await some.AgainAsync(knowsStays: false, Token);
        FleetSnapshot now = again.Snapshot(), then = lived.Single(f => f.AtMs == now.AtMs);
        Dictionary<string, int> energies = then.Shards.SelectMany(s => Names(s).Zip(s.EnergyWh)).ToDictionary(p => p.First, p => p.Second, StringComparer.Ordinal);
        now.PluggedCount.ShouldBeInRange(5, 39);
        foreach (ShardSnapshot shard in now.Shards)
        {
            string[] names = Names(shard);
            for (int k = 0; k < names.Length; k++) shard.EnergyWh[k].ShouldBe(energies[names[k]]);
        }
        some.AsItWas.ChargedKw.Sum().ShouldBeInRange(.1 * all.AsItWas.ChargedKw.Sum(), .7 * all.AsItWas.ChargedKw.Sum());
    }

    [Fact(Timeout = 300_000)]
    public async Task A_vehicle_that_is_set_otherwise_is_told_the_same_use_and_owed_the_same_and_refuses_nothing()
    {
        (IEventStore store, _) = await LiveAsync(Commuter(), 30);
        await using IEventStore held = store;
        PastFleet fleet = await PastFleet.OpenAsync(store, FleetModel.Plain, Start + Slots.Ms, 28, 1, () => { }, Token);
        IFleetAgain again = await fleet.AgainAsync(knowsStays: false, Token);
        for (int t = 0; t < 28; t++)
        {
            FleetSnapshot now = again.Snapshot();
            double kw = await again.FollowAsync([.. now.Shards.Select(s => new SetpointBatch(s.Shard, s.AtMs, s.AtMs + (3 * Slots.Ms), s.Vehicle, [.. s.Vehicle.Select(_ => 3_000)]))], Token);
            // Refused then at slots 2 and 3; now it draws what it is asked to, also then.
            if (t is 1 or 2) kw.ShouldBe(3, 1e-3);
        }
        FleetHistory now28 = again.Finish().History, was = fleet.AsItWas.History;
        now28.StayCount.ShouldBe(2);
        now28.InitialWh.ShouldBe(was.InitialWh);
        now28.FinalWh[0].ShouldNotBe(was.FinalWh[0]);
        // Reported in watt-hours; by how much was driven it is the same, on either side of a broken interval at the plug.
        Math.Abs(now28.TripWhAfter[0] - was.TripWhAfter[0]).ShouldBeLessThan(1_200);
        now28.FinalChargeOnlyWh.ShouldBe(was.FinalChargeOnlyWh);
        now28.Departures.ShouldBe(was.Departures);
    }

    [Fact(Timeout = 300_000)]
    public async Task Who_knows_stays_is_told_departure_return_use_and_power_as_they_came_and_others_what_was_declared()
    {
        (IEventStore store, _) = await LiveAsync(Commuter(), 30);
        await using IEventStore held = store;
        PastFleet fleet = await PastFleet.OpenAsync(store, FleetModel.Plain, Start + Slots.Ms, 20, 1, () => { }, Token);
        ShardSnapshot Shard(FleetSnapshot snapshot) => snapshot.Shards.Single(s => s.PluggedCount == 1);
        IFleetAgain blind = await fleet.AgainAsync(knowsStays: false, Token), seeing = await fleet.AgainAsync(knowsStays: true, Token);
        ShardSnapshot declared = Shard(blind.Snapshot()), known = Shard(seeing.Snapshot());
        declared.DepartureMs.ShouldBe([Start + (20 * Slots.Ms)]);
        known.DepartureMs.ShouldBe([Start + (6 * Slots.Ms) + 60_000]);
        known.Outlook.GapOffset.ShouldBe([0, 1]);
        (known.Outlook.FromSlot[0], known.Outlook.ToSlot[0]).ShouldBe(((ushort)5, (ushort)9));
        KnownStays stays = known.Outlook.Known.ShouldNotBeNull();
        (stays.ChargeW[0], stays.DischargeW[0]).ShouldBe((11_000, 4_000));
        stays.OwedWh[0].ShouldBeInRange(1, 22_001);
        known.Outlook.UsedWh[0].ShouldBeGreaterThan(1_000);
        // Lived up to the second stay, which the record leaves at the plug: beyond its end nothing is known, and it is expected to stay.
        for (int t = 0; t < 12; t++) await seeing.FollowAsync([.. seeing.Snapshot().Shards.Select(RunningTwin.Batch)], Token);
        ShardSnapshot second = Shard(seeing.Snapshot());
        second.DepartureMs[0].ShouldBeGreaterThan(Start + (30 * Slots.Ms));
        second.Outlook.GapCount.ShouldBe(0);
    }

    [Fact(Timeout = 300_000)]
    public async Task A_period_that_the_store_does_not_hold_is_refused()
    {
        (IEventStore store, _) = await LiveAsync(Commuter(), 6);
        await using IEventStore held = store;
        (await Should.ThrowAsync<InputException>(() => PastFleet.OpenAsync(store, FleetModel.Plain, Start + (3 * Slots.Ms), 40, 1, () => { }, Token))).Message.ShouldContain("give a period without it");
    }

    /// <summary>Plugged in from the start, gone at slot 6 although it declared 20, back at slot 9 with a reported energy and at another plug.</summary>
    private static (string Vehicle, VehicleEvent Event)[] Commuter()
    {
        VehicleEvent At(long ms, VehicleEventType type) => new() { Type = type, OccurredAtMs = ms };
        return
        [
            ("c", At(Start - 2_000, VehicleEventType.Registered) with { CapacityWh = 60_000, EnergyWh = 20_000, Consent = V2gStrategy.WhenStaying }),
            ("c", At(Start + 60_000, VehicleEventType.PluggedIn) with { EnergyWh = 20_000, MaxChargeW = 7_000, MaxDischargeW = 7_000, DeclaredDepartureMs = Start + (20 * Slots.Ms), NeededAtDepartureWh = 22_000 }),
            ("c", At(Start + (2 * Slots.Ms) + 1_000, VehicleEventType.SetpointRejected)),
            ("c", At(Start + (3 * Slots.Ms) + 1_000, VehicleEventType.SetpointRejected)),
            ("c", At(Start + (6 * Slots.Ms) + 60_000, VehicleEventType.Unplugged)),
            ("c", At(Start + (9 * Slots.Ms) + 60_000, VehicleEventType.PluggedIn) with { EnergyWh = 12_000, MaxChargeW = 11_000, MaxDischargeW = 4_000, DeclaredDepartureMs = Start + (25 * Slots.Ms), NeededAtDepartureWh = 22_000 }),
        ];
    }

    private async Task<(IEventStore Store, List<FleetSnapshot> Lived)> LiveAsync(IReadOnlyList<(string Vehicle, VehicleEvent Event)> script, int slots)
    {
        IEventStore store = SqliteEventStore.Open(Path.Combine(_folder.FullName, "twin.db"));
        RunningTwin running = await RunningTwin.StartAsync(store, 3, snapshotEvery: TimeSpan.FromMinutes(50));
        await using (running)
        {
            await running.DriveAsync(new ScriptedSource(script, Start, slots));
            while (running.Fleets.Count <= slots) await Task.Delay(5, Token);
            await running.StopAsync();
            return (store, running.Fleets);
        }
    }

    private static string[] Names(ShardSnapshot shard) => [.. shard.Vehicle.Select(v => Encoding.UTF8.GetString(shard.Ids.Utf8(v)))];
}
