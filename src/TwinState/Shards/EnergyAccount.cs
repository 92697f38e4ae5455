using Movc.Domain.Dispatch;
using Movc.Domain.Fleet;
using Movc.Domain.Time;

namespace Movc.TwinState.Shards;

/// <summary>Moves vehicles' energies on in time and sums up what they drew in the present interval.</summary>
/// <param name="columns">The vehicles.</param>
/// <param name="stays">What they do between events.</param>
/// <param name="districts">Districts of the city, 0 or more.</param>
internal sealed class EnergyAccount(ShardColumns columns, StayModel stays, int districts = 0)
{
    private readonly double[] _districtWh = new double[districts];
    private readonly double[] _districtArrivedWh = new double[districts];
    private bool _isWhole;

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

    /// <summary>Mean power of the interval by district, kW; empty where the interval was begun by a process before this one.</summary>
    public double[] DistrictKw() => _isWhole ? Array.ConvertAll(_districtWh, wh => wh / 1000 / Slots.Hours) : [];

    /// <summary>The same of vehicles that came within it, kW.</summary>
    public double[] DistrictArrivedKw() => _isWhole ? Array.ConvertAll(_districtArrivedWh, wh => wh / 1000 / Slots.Hours) : [];

    /// <summary>Begins an interval.</summary>
    public void Begin(long atMs)
    {
        Restore(atMs, 0, 0);
        _isWhole = true;
        Array.Clear(_districtWh);
        Array.Clear(_districtArrivedWh);
        RestoreWilling(0, 0, 0);
    }

    /// <summary>Takes up where an account stood.</summary>
    public void Restore(long slotStartMs, double chargeOnlyWh, double dispatchedWh)
    {
        (SlotStartMs, ChargeOnlyWh, DispatchedWh) = (slotStartMs, chargeOnlyWh, dispatchedWh);
        _isWhole = false;
    }

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
        AddToDistrict(i, -drawn);
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
        AddToDistrict(i, drawn);
        ChargeOnlyWh += chargeOnly;
        if (c.Consent[i] == V2gStrategy.ChargeOnly) return;
        WillingChargeOnlyWh += chargeOnly;
        if (drawn > 0) WillingChargedWh += drawn;
        else WillingDischargedWh -= drawn;
    }

    private void AddToDistrict(int i, double drawnWh)
    {
        int district = columns.District[i];
        if ((uint)district >= (uint)_districtWh.Length) return;
        _districtWh[district] += drawnWh;
        if (columns.IsNew[i]) _districtArrivedWh[district] += drawnWh;
    }
}
