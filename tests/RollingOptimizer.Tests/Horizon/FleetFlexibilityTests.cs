using Movc.Domain.Fleet;
using Movc.Domain.Time;

namespace Movc.RollingOptimizer.Tests.Horizon;

public sealed class FleetFlexibilityTests
{
    private const long At = Fleets.At;

    [Fact]
    public void It_counts_who_may_be_dispatched_and_what_each_can_hold_for_an_interval()
    {
        var free = new Fleets.Vehicle(60_000, 30_000, 7_000, At + (6 * Slots.Ms), MaxDischargeW: 6_000);
        FleetSnapshot fleet = Fleets.Of(
            At,
            [
                free,
                // 600 Wh of room hold 4 kW for ten minutes, 900 Wh stored deliver 4.86 kW.
                free with { EnergyWh = 59_400 },
                free with { EnergyWh = 900 },
            ],
            [
                free with { Consent = V2gStrategy.ChargeOnly },
                free with { DepartureMs = 0 },
                free with { DepartureMs = At + Slots.Ms - 1 },
            ]);
        FleetFlexibility can = FleetFlexibility.Of(fleet);
        can.ChargeKw.ShouldBe(7 + 4 + 7, 1e-9);
        can.DischargeKw.ShouldBe(6 + 6 + 4.86, 1e-9);
        can.StoredKwh.ShouldBe(90.3, 1e-9);
        can.RoomKwh.ShouldBe(89.7, 1e-9);
        FleetFlexibility.Of(Fleets.Of(At, [])).ShouldBe(new FleetFlexibility(0, 0, 0, 0));
    }
}
