using Movc.Domain.Charging;
using Movc.Domain.Events;
using Movc.Domain.Fleet;
using Movc.Domain.Mobility;
using Movc.Domain.Randomness;
using Movc.Domain.Simulation;
using Movc.Domain.Time;
using Movc.Ingest.Simulation;

namespace Movc.Ingest.Tests.Simulation;

/// <summary>
/// Holds one vehicle's events against the model's life of it, and keeps its account of energy by what the events tell alone: they
/// alternate as they must, each stay is plugged in during all of its slots, and Charge Only never has less than the model gave it.
/// </summary>
internal static class VehicleStory
{
    /// <summary>Events carry whole Wh.</summary>
    private const double RoundingWh = 1;

    public static void Check(int vehicle, long seed, IReadOnlyList<VehicleEvent> events, long startMs, PeopleModel people)
    {
        string id = $"vehicle {vehicle}";
        // Local midnight two weeks before the day of the start; the calendar is eight hours ahead.
        long originMs = ((startMs + (8 * Fleets.HourMs)) / Fleets.DayMs * Fleets.DayMs) - (8 * Fleets.HourMs) - (SimulatedFleet.WarmUpDays * Fleets.DayMs);
        int weekday = (int)(((originMs + (8 * Fleets.HourMs)) / Fleets.DayMs) + 3) % 7;
        var life = new VehicleLife(people);
        life.Live(CounterRandom.VehicleKey(seed, vehicle), weekday * Slots.PerDay, (int)((events[^1].OccurredAtMs - originMs) / Slots.Ms) + 1500);
        var unmanaged = new UnmanagedCharging(new TariffClock(people.Tariff, Fleets.Calendar));

        VehicleEvent registered = events[0];
        registered.Type.ShouldBe(VehicleEventType.Registered, id);
        registered.OccurredAtMs.ShouldBeLessThan(startMs, id);
        registered.CapacityWh.ShouldBe((int)Math.Round(life.Model.CapacityKwh * 1000), id);
        registered.Consent.ShouldBe(life.Strategy, id);
        double energyWh = registered.EnergyWh.ShouldNotBeNull(id);

        VehicleEvent? plug = null;
        int stay = -1;
        bool driving = false;
        long atMs = long.MinValue;
        for (int n = 0; n < events.Count; n++)
        {
            VehicleEvent e = events[n];
            VehicleEventRules.Check(e).ShouldBe(Refusal.None, id);
            e.OccurredAtMs.ShouldBeGreaterThanOrEqualTo(atMs, id);
            atMs = e.OccurredAtMs;
            e.Quality.ShouldBe(Quality.Substituted, id);
            switch (e.Type)
            {
                case VehicleEventType.Registered:
                    n.ShouldBe(0, id);
                    break;
                case VehicleEventType.Arrived:
                    if (n > 1) driving.ShouldBeTrue(id);
                    driving = false;
                    stay = StayAt(life, originMs, atMs, id);
                    e.Place.ShouldBe(life.Stays[stay].Place, id);
                    (e.EnergyUsedWh is null).ShouldBe(n == 1, id);
                    energyWh -= e.EnergyUsedWh ?? 0;
                    // Seconds more than the model's slots are plugged in, never fewer.
                    energyWh.ShouldBeGreaterThanOrEqualTo((life.Charged[stay].ArriveKwh * 1000) - (RoundingWh * (1 + n)), id);
                    ShouldBePluggedIn(life, stay).ShouldBe(n + 1 < events.Count && events[n + 1].Type == VehicleEventType.PluggedIn && events[n + 1].OccurredAtMs == atMs, id);
                    break;
                case VehicleEventType.PluggedIn:
                    events[n - 1].Type.ShouldBe(VehicleEventType.Arrived, id);
                    CheckPlug(e, life, stay, originMs, id);
                    plug = e;
                    break;
                case VehicleEventType.Unplugged:
                    VehicleEvent p = plug.ShouldNotBeNull(id);
                    if (p.DeclaredDepartureMs is { } declared) declared.ShouldBe(atMs, id);
                    energyWh += unmanaged.StoredWh(
                        registered.CapacityWh!.Value - energyWh, p.UnmanagedChargeW!.Value, p.UnmanagedStart!.Value, p.OccurredAtMs, atMs, p.DeclaredDepartureMs ?? 0);
                    plug = null;
                    events[n + 1].Type.ShouldBe(VehicleEventType.Departed, id);
                    break;
                case VehicleEventType.Departed:
                    plug.ShouldBeNull(id);
                    driving.ShouldBeFalse(id);
                    driving = true;
                    int left = stay >= 0 ? stay : LastBefore(life, originMs, atMs);
                    ((atMs - originMs) / Slots.Ms).ShouldBe(life.Stays[left].EndSlot, id);
                    e.Place.ShouldBe(life.Stays[left].Place, id);
                    energyWh.ShouldBeGreaterThanOrEqualTo((life.Charged[left].DepartKwh * 1000) - (RoundingWh * (1 + n)), id);
                    break;
                default:
                    throw new InvalidOperationException($"{id}: {e.Type} is nothing that a simulator tells");
            }
        }
    }

    private static void CheckPlug(in VehicleEvent e, VehicleLife life, int stay, long originMs, string id)
    {
        bool quick = life.Charged[stay].Mode == ChargingMode.Quick;
        double sessionKw = life.SessionKw(stay);
        e.EnergyWh.ShouldBeNull(id);
        e.MaxChargeW.ShouldBe((int)Math.Round(1000 * (quick ? life.Model.QuickKw : life.Model.SlowKw)), id);
        e.MaxDischargeW.ShouldBe(life.Strategy == V2gStrategy.ChargeOnly ? 0 : e.MaxChargeW, id);
        e.UnmanagedChargeW.ShouldBe((int)Math.Round(1000 * sessionKw), id);
        e.UnmanagedStart.ShouldBe(life.Stays[stay].Place == PlaceKind.Home ? UnmanagedStart.Cheapest : UnmanagedStart.AtOnce, id);
        bool near = life.Stays[stay].EndSlot <= life.Stays[stay].StartSlot + Stay.LookAheadSlots;
        (e.DeclaredDepartureMs is not null).ShouldBe(near, id);
        if (e.DeclaredDepartureMs is { } departure) ((departure - originMs) / Slots.Ms).ShouldBe(life.Stays[stay].EndSlot, id);
        (e.NeededAtDepartureWh is not null).ShouldBe(near, id);
        if (near) CheckNeed(e.NeededAtDepartureWh!.Value, life, stay, id);
    }

    /// <summary>What the trips within a day take, up to the next session; of a session beyond the day after its week the source knows nothing.</summary>
    private static void CheckNeed(int neededWh, VehicleLife life, int stay, string id)
    {
        double untilSession = 0, ofADay = 0;
        bool charges = false;
        for (int k = stay; k < life.Stays.Length && life.Stays[k].EndSlot < life.Stays[stay].EndSlot + Slots.PerDay; k++)
        {
            charges |= k > stay && life.Charged[k].Mode != ChargingMode.Park;
            double tripWh = 1000 * life.Charged[k].TripKwh;
            ofADay += tripWh;
            if (!charges) untilSession += tripWh;
        }
        int week = Math.Max(0, ((life.Stays[stay].StartSlot / Slots.PerDay) - SimulatedFleet.WarmUpDays) / 7);
        int livedUntil = (SimulatedFleet.WarmUpDays + (7 * (week + 1)) + 1) * Slots.PerDay;
        double capacityWh = 1000 * life.Model.CapacityKwh;
        double low = Math.Min(untilSession, capacityWh) - 2, high = Math.Min(untilSession, capacityWh) + 2;
        if (life.Stays[stay].EndSlot + Slots.PerDay > livedUntil) high = Math.Min(1.02 * ofADay, capacityWh) + 2;
        ((double)neededWh).ShouldBeInRange(low, high, id);
    }

    private static bool ShouldBePluggedIn(VehicleLife life, int stay) => life.Charged[stay].Mode != ChargingMode.Park || life.Strategy == V2gStrategy.WhenStaying;

    /// <summary>The stay that an arrival begins: it is there by the first second of the stay's first slot, and not more than a trip's slack before.</summary>
    private static int StayAt(VehicleLife life, long originMs, long atMs, string id)
    {
        double slot = (atMs - originMs) / (double)Slots.Ms;
        for (int i = 0; i < life.Stays.Length; i++)
        {
            if (life.Stays[i].StartSlot < slot) continue;
            (life.Stays[i].StartSlot - slot).ShouldBeLessThan(1, id);
            if (i > 0) slot.ShouldBeGreaterThan(life.Stays[i - 1].EndSlot, id);
            return i;
        }
        throw new ShouldAssertException($"{id}: the model knows no stay from slot {slot} on");
    }

    private static int LastBefore(VehicleLife life, long originMs, long atMs)
    {
        int last = 0;
        for (int i = 0; i < life.Stays.Length && life.Stays[i].StartSlot * Slots.Ms <= atMs - originMs; i++) last = i;
        return last;
    }
}
