using Movc.Domain.Dispatch;
using Movc.Domain.Time;

namespace Movc.Domain.Fleet;

/// <summary>What the vehicles that a dispatch may use could do in the next interval, each held for all of it: plugged in, consenting, their departure, if declared, an interval away or more, else their habits known.</summary>
/// <param name="ChargeKw">Largest power that they could draw, kW, 0 or more.</param>
/// <param name="DischargeKw">Largest power that they could deliver, kW, 0 or more; what their drivers need later is not held back.</param>
/// <param name="StoredKwh">Energy in their batteries.</param>
/// <param name="RoomKwh">Energy that still fits into them.</param>
public sealed record FleetFlexibility(double ChargeKw, double DischargeKw, double StoredKwh, double RoomKwh)
{
    /// <summary>Sums a fleet.</summary>
    public static FleetFlexibility Of(FleetSnapshot fleet) => Sum(fleet.Shards.Select(Of));

    /// <summary>Sums parts.</summary>
    public static FleetFlexibility Sum(IEnumerable<FleetFlexibility> parts) => parts.Aggregate(
        new FleetFlexibility(0, 0, 0, 0),
        (sum, part) => new FleetFlexibility(sum.ChargeKw + part.ChargeKw, sum.DischargeKw + part.DischargeKw, sum.StoredKwh + part.StoredKwh, sum.RoomKwh + part.RoomKwh));

    /// <summary>Sums a shard.</summary>
    public static FleetFlexibility Of(ShardSnapshot shard)
    {
        double charge = 0, discharge = 0, stored = 0, room = 0;
        for (int k = 0; k < shard.PluggedCount; k++)
        {
            if (shard.Consent[k] == V2gStrategy.ChargeOnly || (shard.DepartureMs[k] == 0 ? shard.NeededWh[k] == 0 : shard.DepartureMs[k] < shard.AtMs + Slots.Ms)) continue;
            double storedWh = shard.EnergyWh[k], roomWh = Math.Max(0, shard.CapacityWh[k] - storedWh);
            charge += Math.Min(shard.MaxChargeW[k], roomWh / (DispatchParameters.Efficiency * Slots.Hours));
            discharge += Math.Min(shard.MaxDischargeW[k], storedWh * DispatchParameters.Efficiency / Slots.Hours);
            stored += storedWh;
            room += roomWh;
        }
        return new FleetFlexibility(charge / 1000, discharge / 1000, stored / 1000, room / 1000);
    }
}
