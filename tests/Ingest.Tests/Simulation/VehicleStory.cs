using Movc.Domain.Events;
using Movc.Domain.Fleet;
using Movc.Ingest.Simulation.Parameters;

namespace Movc.Ingest.Tests.Simulation;

/// <summary>
/// Replays one vehicle's events against model.md §§4-6, in double precision and with nothing of the simulator's own arithmetic:
/// plugged and unplugged alternate, energy balances over every trip and every stay, declarations come true.
/// </summary>
internal static class VehicleStory
{
    private const double Efficiency = 0.9;

    public static void Check(string id, IReadOnlyList<VehicleEvent> events, long startMs)
    {
        VehicleEvent registered = events[0];
        registered.Type.ShouldBe(VehicleEventType.Registered, id);
        registered.OccurredAtMs.ShouldBe(startMs - Fleets.DayMs, id);
        int capacityWh = registered.CapacityWh!.Value;
        VehicleModelParameters model = Fleets.Shenzhen.Models.FirstOrDefault(m => m.CapacityWh == capacityWh) ?? new("Tiny", 3_000, 3_000, 0, 1);
        bool vws = registered.Consent == V2gStrategy.WhenStaying;

        VehicleEvent? plug = null;
        VehicleEvent? departed = null;
        VehicleEvent? arrived = null;
        int? oneWayWh = null;
        long atMs = registered.OccurredAtMs;
        foreach (VehicleEvent e in events)
        {
            VehicleEventRules.Check(e).ShouldBe(Refusal.None, id);
            e.OccurredAtMs.ShouldBeGreaterThanOrEqualTo(atMs, id);
            atMs = e.OccurredAtMs;
            e.EnergyWh.ShouldNotBeNull().ShouldBeInRange(0, capacityWh, id);
            e.Quality.ShouldBe(Quality.Substituted, id);
            switch (e.Type)
            {
                case VehicleEventType.Registered:
                    break;
                case VehicleEventType.PluggedIn:
                    plug.ShouldBeNull(id);
                    departed.ShouldBeNull(id);
                    e.MaxChargeW.ShouldBe(model.AcPowerW, id);
                    e.MaxDischargeW.ShouldBe(registered.Consent == V2gStrategy.ChargeOnly ? 0 : model.AcPowerW, id);
                    (e.Place == PlaceKind.Home || vws).ShouldBeTrue(id);
                    if (arrived is { } a) (a.OccurredAtMs, a.EnergyWh, a.Place).ShouldBe((e.OccurredAtMs, e.EnergyWh, e.Place), id);
                    if (e.DeclaredDepartureMs is { } until) CheckNeed(e, until, capacityWh, id);
                    plug = e;
                    break;
                case VehicleEventType.Unplugged:
                    VehicleEvent p = plug.ShouldNotBeNull(id);
                    p.DeclaredDepartureMs.ShouldBe(e.OccurredAtMs, id);
                    p.NeededAtDepartureWh.ShouldBe(e.EnergyWh, id);
                    p.Place.ShouldBe(e.Place, id);
                    plug = null;
                    break;
                case VehicleEventType.Departed:
                    plug.ShouldBeNull(id);
                    departed.ShouldBeNull(id);
                    if (arrived is { } from && from.Place != PlaceKind.Home && !vws) from.EnergyWh.ShouldBe(e.EnergyWh, id);
                    e.LatitudeE7.ShouldNotBeNull(id);
                    departed = e;
                    arrived = null;
                    break;
                case VehicleEventType.Arrived:
                    VehicleEvent d = departed.ShouldNotBeNull(id);
                    (d.Place == PlaceKind.Home).ShouldNotBe(e.Place == PlaceKind.Home, id);
                    oneWayWh ??= d.EnergyWh - e.EnergyWh;
                    (d.EnergyWh - e.EnergyWh).ShouldBe(oneWayWh, id);
                    CheckTrip(d, e, id);
                    departed = null;
                    arrived = e;
                    break;
                default:
                    throw new InvalidOperationException($"{id}: {e.Type} is not expected");
            }
        }
    }

    /// <summary>needed = min(capacity, E + η·P·Δt), rounded down by less than 2 Wh and never up.</summary>
    private static void CheckNeed(in VehicleEvent plug, long untilMs, int capacityWh, string id)
    {
        untilMs.ShouldBeGreaterThan(plug.OccurredAtMs, id);
        double hours = (untilMs - plug.OccurredAtMs) / 3_600_000.0;
        double chargeOnlyWh = Math.Min(capacityWh, plug.EnergyWh!.Value + Efficiency * plug.MaxChargeW!.Value * hours);
        (chargeOnlyWh - plug.NeededAtDepartureWh!.Value).ShouldBeInRange(-1e-6, 2, id);
    }

    /// <summary>Eq. 11 at 21 km/h: 3.611 kW for as long as the distance takes, which is the trip's time where that is over the least time.</summary>
    private static void CheckTrip(in VehicleEvent from, in VehicleEvent to, string id)
    {
        double hours = (to.OccurredAtMs - from.OccurredAtMs) / 3_600_000.0;
        hours.ShouldBeInRange(10 / 60.0, 4, id);
        double powerW = 1000 * (9.494e-6 * 21 * 21 * 21 + 1.93e-4 * 21 * 21 + 0.0506 * 21 + 2.375);
        double wantedWh = powerW * hours;
        int takenWh = from.EnergyWh!.Value - to.EnergyWh!.Value;
        if (hours > 10.1 / 60) ((double)takenWh).ShouldBe(wantedWh, 4, id);
        else takenWh.ShouldBeInRange(1, (int)wantedWh + 3, id);
    }
}
