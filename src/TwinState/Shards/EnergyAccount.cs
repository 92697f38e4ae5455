using Movc.Domain.Dispatch;
using Movc.Domain.Fleet;

namespace Movc.TwinState.Shards;

/// <summary>Moves vehicles' energies on in time and sums up what they drew in the present interval.</summary>
internal sealed class EnergyAccount(ShardColumns columns, StayModel stays)
{
    /// <summary>Start of the present interval, Unix milliseconds UTC; <see cref="long.MinValue"/> = before the first.</summary>
    public long SlotStartMs { get; private set; } = long.MinValue;

    /// <summary>Drawn from the grid since then had nobody dispatched the vehicles, Wh.</summary>
    public double ChargeOnlyWh { get; private set; }

    /// <summary>Drawn since then under the setpoints, Wh, negative when delivered.</summary>
    public double DispatchedWh { get; private set; }

    /// <summary>Of <see cref="ChargeOnlyWh"/>, that of the vehicles whose owners consent to a dispatch, Wh.</summary>
    public double WillingChargeOnlyWh { get; private set; }

    /// <summary>Of <see cref="DispatchedWh"/>, what those drew, Wh, 0 or more.</summary>
    public double WillingChargedWh { get; private set; }

    /// <summary>What those delivered, Wh, 0 or more.</summary>
    public double WillingDischargedWh { get; private set; }

    /// <summary>Begins an interval.</summary>
    public void Begin(long atMs)
    {
        Restore(atMs, 0, 0);
        RestoreWilling(0, 0, 0);
    }

    /// <summary>Takes up where an account stood.</summary>
    public void Restore(long slotStartMs, double chargeOnlyWh, double dispatchedWh) =>
        (SlotStartMs, ChargeOnlyWh, DispatchedWh) = (slotStartMs, chargeOnlyWh, dispatchedWh);

    /// <summary>The same for the willing vehicles' part.</summary>
    public void RestoreWilling(double chargeOnlyWh, double chargedWh, double dischargedWh) =>
        (WillingChargeOnlyWh, WillingChargedWh, WillingDischargedWh) = (chargeOnlyWh, chargedWh, dischargedWh);

    /// <summary>Takes a vehicle's estimate back to an instant shortly before, and what it drew since then in this interval off the sums.</summary>
    public void TakeBack(int i, long toMs)
    {
        ShardColumns c = columns;
        long untilMs = c.EnergyAtMs[i];
        double before = c.EnergyMilliWh[i] / 1000.0;
        stays.TakeBack(c, i, toMs);
        // Settled again from there, the interval counts it as it was; of intervals that are over nothing is counted twice.
        if (untilMs <= SlotStartMs) return;
        double stored = before - (c.EnergyMilliWh[i] / 1000.0), share = (double)(untilMs - Math.Max(toMs, SlotStartMs)) / (untilMs - toMs);
        double drawn = share * (stored > 0 ? stored / DispatchParameters.Efficiency : stored * DispatchParameters.Efficiency);
        double chargeOnly = stays.ChargeOnlyDrawnWh(c, i, Math.Max(toMs, SlotStartMs), untilMs);
        DispatchedWh -= drawn;
        ChargeOnlyWh -= chargeOnly;
        if (c.Consent[i] == V2gStrategy.ChargeOnly) return;
        WillingChargeOnlyWh -= chargeOnly;
        if (drawn > 0) WillingChargedWh -= drawn;
        else WillingDischargedWh += drawn;
    }

    /// <summary>Moves one vehicle's estimate on and adds what it drew to the interval's sums.</summary>
    public void Settle(int i, long atMs)
    {
        ShardColumns c = columns;
        if (!c.IsPlugged(i)) return;
        long from = c.EnergyAtMs[i];
        if (from < SlotStartMs && atMs > SlotStartMs)
        {
            // Plugged in before the first interval began: what it drew until then belongs to no interval.
            stays.Advance(c, i, SlotStartMs);
            from = SlotStartMs;
        }
        double drawn = stays.Advance(c, i, atMs);
        if (atMs <= SlotStartMs || SlotStartMs == long.MinValue) return;
        double chargeOnly = stays.ChargeOnlyDrawnWh(c, i, from, atMs);
        DispatchedWh += drawn;
        ChargeOnlyWh += chargeOnly;
        if (c.Consent[i] == V2gStrategy.ChargeOnly) return;
        WillingChargeOnlyWh += chargeOnly;
        if (drawn > 0) WillingChargedWh += drawn;
        else WillingDischargedWh -= drawn;
    }
}
