using Movc.Domain.Dispatch;

namespace Movc.Audit;

/// <summary>The powers that are sent out: slot 0 of every vehicle.</summary>
internal static class SetpointCheck
{
    public static void Compare(int vehicle, double powerKw, int setpointW, FindingLog log)
    {
        double powerW = powerKw * 1000;
        double furtherOutW = powerW < 0 ? powerW - setpointW : setpointW - powerW;
        if (!(furtherOutW <= AuditTolerances.SetpointOverW && furtherOutW > -AuditTolerances.SetpointUnderW))
            log.Add(AuditFindingKind.FirstSlotDiffers, vehicle, slot: 0, $"the setpoint is {setpointW} W; its schedule says {powerW:0.###} W");
    }

    /// <summary>All vehicles against their limits and their sum against the load, for fleets whose schedules are not all replayed.</summary>
    public static void CompareWithLimits(DispatchInstance x, int[] setpointW, double[] afterKw, FindingLog log)
    {
        long totalW = 0;
        for (int i = 0; i < setpointW.Length; i++)
        {
            int s = x.StayOffset[i];
            // The first stay that is not empty; an empty one holds no slot.
            while (s < x.StayOffset[i + 1] && x.EndSlot[s] == 0) s++;
            bool plugged = s < x.StayOffset[i + 1] && x.StartSlot[s] == 0;
            int mostInW = plugged ? x.MaxChargeW[s] : 0, mostOutW = plugged ? x.MaxDischargeW[s] : 0;
            totalW += setpointW[i];
            if (!plugged && setpointW[i] != 0)
                log.Add(AuditFindingKind.PowerWhileAway, i, slot: 0, $"the setpoint is {setpointW[i]} W outside its stays");
            else if (setpointW[i] > mostInW)
                log.Add(AuditFindingKind.ChargeOverLimit, i, slot: 0, $"the setpoint is {setpointW[i]} W where {mostInW} W is the most");
            else if (-(long)setpointW[i] > mostOutW)
                log.Add(AuditFindingKind.DischargeOverLimit, i, slot: 0, $"the setpoint is {setpointW[i]} W where {-mostOutW} W is the most");
        }
        double netKw = afterKw[0] - x.LoadKw[0];
        double slackKw = setpointW.Length * AuditTolerances.SetpointUnderW / 1000 + AuditTolerances.OfLoad(x.LoadKw[0]);
        if (double.IsFinite(netKw) && Math.Abs(totalW / 1000.0 - netKw) > slackKw)
            log.Add(AuditFindingKind.FirstSlotDiffers, vehicle: null, slot: 0, $"the setpoints sum to {totalW / 1000.0:0.###} kW; the load after dispatch says {netKw:0.###} kW");
    }
}
