using V1Outlook = Movc.EventLog.Wire.V1.FleetOutlook;
using Movc.Domain.Fleet;

namespace Movc.EventLog.Wire;

/// <summary>What is expected of a shard's vehicles as a message, and back, exact to the bit.</summary>
internal static class FleetOutlookCodec
{
    public static V1Outlook ToMessage(FleetOutlook outlook)
    {
        var message = new V1Outlook();
        for (int row = 0; row + 1 < outlook.GapOffset.Length; row++) message.Gaps.Add((uint)(outlook.GapOffset[row + 1] - outlook.GapOffset[row]));
        foreach (ushort slot in outlook.FromSlot) message.FromSlot.Add(slot);
        foreach (ushort slot in outlook.ToSlot) message.ToSlot.Add(slot);
        message.UsualChargeW.AddRange(outlook.UsualChargeW.AsSpan());
        message.UsualNeedWh.AddRange(outlook.UsualNeedWh.AsSpan());
        message.UsedWh.AddRange(outlook.UsedWh.AsSpan());
        int before = 0;
        foreach (int vehicle in outlook.Vehicle)
        {
            message.VehicleDelta.Add(vehicle - before);
            before = vehicle;
        }
        message.CapacityWh.AddRange(outlook.CapacityWh.AsSpan());
        message.EnergyWh.AddRange(outlook.EnergyWh.AsSpan());
        message.ChargeOnlyEnergyWh.AddRange(outlook.ChargeOnlyEnergyWh.AsSpan());
        message.MaxChargeW.AddRange(outlook.MaxChargeW.AsSpan());
        message.MaxDischargeW.AddRange(outlook.MaxDischargeW.AsSpan());
        message.NeededWh.AddRange(outlook.NeededWh.AsSpan());
        return message;
    }

    /// <param name="message">As it came.</param>
    /// <param name="plugged">Rows of plugged-in vehicles.</param>
    /// <param name="registered">Vehicles of the shard.</param>
    /// <exception cref="InvalidDataException">Columns of different lengths, or gaps that are none.</exception>
    public static FleetOutlook ToOutlook(V1Outlook message, int plugged, int registered)
    {
        int[] vehicle = WireColumns.Rising(message.VehicleDelta, registered);
        int rows = plugged + vehicle.Length, gaps = message.FromSlot.Count;
        WireColumns.Check(message.Gaps.Count == rows && message.ToSlot.Count == gaps);
        int[] offset = new int[rows + 1];
        for (int row = 0; row < rows; row++)
        {
            WireColumns.Check(message.Gaps[row] <= FleetOutlook.MaxGaps);
            offset[row + 1] = offset[row] + (int)message.Gaps[row];
        }
        WireColumns.Check(offset[rows] == gaps);
        ushort[] from = new ushort[gaps], to = new ushort[gaps];
        for (int row = 0; row < rows; row++)
        {
            uint last = 0;
            for (int g = offset[row]; g < offset[row + 1]; g++)
            {
                WireColumns.Check(message.FromSlot[g] >= last && message.FromSlot[g] < message.ToSlot[g] && message.ToSlot[g] <= FleetOutlook.NotBack);
                (from[g], to[g]) = ((ushort)message.FromSlot[g], (ushort)message.ToSlot[g]);
                last = message.ToSlot[g];
            }
        }
        return new FleetOutlook
        {
            GapOffset = offset,
            UsualChargeW = WireColumns.Ints(message.UsualChargeW, rows),
            UsualNeedWh = WireColumns.Ints(message.UsualNeedWh, rows),
            FromSlot = from,
            ToSlot = to,
            UsedWh = WireColumns.Ints(message.UsedWh, gaps),
            Vehicle = vehicle,
            CapacityWh = WireColumns.Ints(message.CapacityWh, vehicle.Length),
            EnergyWh = WireColumns.Ints(message.EnergyWh, vehicle.Length),
            ChargeOnlyEnergyWh = WireColumns.Ints(message.ChargeOnlyEnergyWh, vehicle.Length),
            MaxChargeW = WireColumns.Ints(message.MaxChargeW, vehicle.Length),
            MaxDischargeW = WireColumns.Ints(message.MaxDischargeW, vehicle.Length),
            NeededWh = WireColumns.Ints(message.NeededWh, vehicle.Length),
        };
    }
}
