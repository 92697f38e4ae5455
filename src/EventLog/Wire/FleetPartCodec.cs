using Google.Protobuf;
using Google.Protobuf.Collections;
using Movc.Domain.Charging;
using Movc.Domain.Fleet;
using FleetPart = Movc.EventLog.Wire.V1.FleetPart;

namespace Movc.EventLog.Wire;

/// <summary>A shard's snapshot as the message that carries it to an optimizer in another process, and back, exact to the bit.</summary>
public static class FleetPartCodec
{
    public static FleetPart ToMessage(ShardSnapshot snapshot)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        var message = new FleetPart
        {
            Shard = snapshot.Shard,
            AtMs = snapshot.AtMs,
            JournalSequence = snapshot.JournalSequence,
            Registered = snapshot.RegisteredCount,
            SlotChargeOnlyKw = snapshot.SlotChargeOnlyKw,
            SlotDispatchedKw = snapshot.SlotDispatchedKw,
            Stale = snapshot.StaleCount,
            Departures = snapshot.Departures,
            DeparturesUnderPromise = snapshot.DeparturesUnderPromise,
            SlotWillingChargeOnlyKw = snapshot.SlotWillingChargeOnlyKw,
            SlotWillingChargedKw = snapshot.SlotWillingChargedKw,
            SlotWillingDischargedKw = snapshot.SlotWillingDischargedKw,
            SatisfactionPpm = snapshot.SatisfactionPpm,
            Outlook = FleetOutlookCodec.ToMessage(snapshot.Outlook),
        };
        message.SlotDistrictKw.AddRange(snapshot.SlotDistrictKw);
        message.SlotDistrictArrivedKw.AddRange(snapshot.SlotDistrictArrivedKw);
        using var ids = new MemoryStream(snapshot.PluggedCount * 12);
        int before = 0;
        foreach (int vehicle in snapshot.Vehicle)
        {
            ReadOnlySpan<byte> id = snapshot.Ids.Utf8(vehicle);
            ids.Write(id);
            message.VehicleIdLength.Add(id.Length);
            message.VehicleDelta.Add(vehicle - before);
            before = vehicle;
        }
        message.VehicleIds = UnsafeByteOperations.UnsafeWrap(ids.GetBuffer().AsMemory(0, (int)ids.Length));
        message.CapacityWh.AddRange(snapshot.CapacityWh.AsSpan());
        message.EnergyWh.AddRange(snapshot.EnergyWh.AsSpan());
        message.ChargeOnlyEnergyWh.AddRange(snapshot.ChargeOnlyEnergyWh.AsSpan());
        message.MaxChargeW.AddRange(snapshot.MaxChargeW.AsSpan());
        message.MaxDischargeW.AddRange(snapshot.MaxDischargeW.AsSpan());
        message.UnmanagedW.AddRange(snapshot.UnmanagedW.AsSpan());
        foreach (UnmanagedStart start in snapshot.UnmanagedStart) message.UnmanagedStart.Add((int)start);
        foreach (long departure in snapshot.DepartureMs) message.DepartureMs.Add(departure == 0 ? long.MinValue : departure - snapshot.AtMs);
        message.NeededWh.AddRange(snapshot.NeededWh.AsSpan());
        foreach (V2gStrategy consent in snapshot.Consent) message.Consent.Add((int)consent);
        message.District.AddRange(snapshot.District.AsSpan());
        message.StandingW.AddRange(snapshot.StandingW.AsSpan());
        foreach (long until in snapshot.SetpointUntilMs) message.SetpointUntilMs.Add(until == 0 ? 0 : until - snapshot.AtMs);
        return message;
    }

    /// <exception cref="InvalidDataException">Columns of different lengths, or ids that do not add up.</exception>
    public static ShardSnapshot ToSnapshot(FleetPart message)
    {
        ArgumentNullException.ThrowIfNull(message);
        int count = message.VehicleDelta.Count;
        int[] Ints(RepeatedField<int> column) => WireColumns.Ints(column, count);
        int[] vehicle = WireColumns.Rising(message.VehicleDelta, message.Registered);
        WireColumns.Check(message.DepartureMs.Count == count && message.SetpointUntilMs.Count == count);
        return new ShardSnapshot
        {
            Shard = message.Shard,
            AtMs = message.AtMs,
            JournalSequence = message.JournalSequence,
            Ids = new PluggedVehicleIds(message.Registered, vehicle, Ints(message.VehicleIdLength), message.VehicleIds.Memory),
            RegisteredCount = message.Registered,
            Vehicle = vehicle,
            CapacityWh = Ints(message.CapacityWh),
            EnergyWh = Ints(message.EnergyWh),
            ChargeOnlyEnergyWh = Ints(message.ChargeOnlyEnergyWh),
            MaxChargeW = Ints(message.MaxChargeW),
            MaxDischargeW = Ints(message.MaxDischargeW),
            UnmanagedW = Ints(message.UnmanagedW),
            UnmanagedStart = Array.ConvertAll(Ints(message.UnmanagedStart), s => (UnmanagedStart)s),
            DepartureMs = [.. message.DepartureMs.Select(d => d == long.MinValue ? 0 : message.AtMs + d)],
            NeededWh = Ints(message.NeededWh),
            Consent = Array.ConvertAll(Ints(message.Consent), c => (V2gStrategy)c),
            District = Ints(message.District),
            StandingW = Ints(message.StandingW),
            SetpointUntilMs = [.. message.SetpointUntilMs.Select(u => u == 0 ? 0 : message.AtMs + u)],
            SlotChargeOnlyKw = message.SlotChargeOnlyKw,
            SlotDistrictKw = [.. message.SlotDistrictKw],
            SlotDistrictArrivedKw = [.. message.SlotDistrictArrivedKw],
            StaleCount = message.Stale,
            SlotDispatchedKw = message.SlotDispatchedKw,
            Departures = message.Departures,
            DeparturesUnderPromise = message.DeparturesUnderPromise,
            SlotWillingChargeOnlyKw = message.SlotWillingChargeOnlyKw,
            SlotWillingChargedKw = message.SlotWillingChargedKw,
            SlotWillingDischargedKw = message.SlotWillingDischargedKw,
            SatisfactionPpm = message.SatisfactionPpm,
            Outlook = FleetOutlookCodec.ToOutlook(message.Outlook ?? throw new InvalidDataException("the part of the fleet has no outlook; its twin is of an older version"), count, message.Registered),
        };
    }
}
