using Movc.Domain.Dispatch;
using Movc.Domain.Fleet;

namespace Movc.Studies.Regret;

/// <summary>The dispatch problem of a period that is over: every stay, trip and load known, and the same owed to everybody as was.</summary>
/// <remarks>
/// What happened is a feasible point of it: vehicles begin and end with the energy that they had, what they drew between whole intervals
/// is in the city's load, and energies owed are those of the period.
/// </remarks>
internal static class PerfectForesight
{
    // The twin keeps energies in 1/1,000 Wh and setpoints on whole watts; so much may be lost to whole Wh.
    private const int RoundingWh = 2;

    public static DispatchInstance Of(RegretPeriod period)
    {
        FleetHistory f = period.Fleet;
        var loadKw = new double[f.Slots];
        for (int t = 0; t < loadKw.Length; t++) loadKw[t] = period.AfterKw[t] - (f.ChargedKw[t] - f.DischargedKw[t]);
        int[] needWh = new int[f.StayCount], tripWh = new int[f.StayCount], finalWh = new int[f.VehicleCount];
        for (int i = 0; i < f.VehicleCount; i++)
        {
            finalWh[i] = Math.Max(0, f.FinalWh[i] - RoundingWh);
            int gainWh = 0;
            for (int s = f.StayOffset[i]; s < f.StayOffset[i + 1]; s++)
            {
                needWh[s] = Math.Max(0, f.OwedWh[s] - RoundingWh);
                // A vehicle that came back with more than it left with has charged on its own meanwhile: that is taken off the trips after it.
                int trip = f.TripWhAfter[s] - gainWh;
                tripWh[s] = Math.Max(0, trip);
                gainWh = Math.Max(0, -trip);
            }
        }
        return new DispatchInstance
        {
            CapacityWh = f.CapacityWh,
            InitialWh = [.. f.InitialWh.Zip(f.CapacityWh, Math.Min)],
            FinalMinWh = finalWh,
            StayOffset = f.StayOffset,
            StartSlot = f.StartSlot,
            EndSlot = f.EndSlot,
            MaxChargeW = f.MaxChargeW,
            MaxDischargeW = f.MaxDischargeW,
            NeededAtDepartureWh = needWh,
            TripWhAfter = tripWh,
            LoadKw = loadKw,
            BaselineEvKw = period.WillingChargeOnlyKw,
            DayOfSlot = period.DayOfSlot,
            Efficiency = DispatchParameters.Efficiency,
            Lambda = DispatchParameters.Lambda,
        };
    }
}
