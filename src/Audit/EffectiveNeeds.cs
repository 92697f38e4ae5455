using System.Runtime.InteropServices;
using Movc.Domain.Dispatch;

namespace Movc.Audit;

/// <summary>
/// The floors a plan has to hold once needs that no schedule can reach are lowered. What can be reached is found here anew,
/// by charging at full power throughout: no schedule holds more energy at any instant, so what that one misses, all miss.
/// </summary>
internal sealed class EffectiveNeeds
{
    private EffectiveNeeds(int[] needWh, int[] tripWh, int[] finalMinWh) => (NeedWh, TripWh, FinalMinWh) = (needWh, tripWh, finalMinWh);

    /// <summary>Floor at each stay's end before its trip, Wh.</summary>
    public int[] NeedWh { get; }

    /// <summary>Drain at each stay's end, Wh; trimmed where no schedule could drive the whole trip.</summary>
    public int[] TripWh { get; }

    /// <summary>Floor at the end of the horizon, Wh per vehicle.</summary>
    public int[] FinalMinWh { get; }

    public static EffectiveNeeds Check(DispatchInstance x, IReadOnlyList<InfeasibleVehicle> listed, FindingLog log)
    {
        var needs = new EffectiveNeeds((int[])x.NeededAtDepartureWh.Clone(), (int[])x.TripWhAfter.Clone(), (int[])x.FinalMinWh.Clone());
        Dictionary<int, List<int>> entriesOf = ByVehicle(x, listed, log);
        var used = new bool[listed.Count];
        for (int i = 0; i < x.VehicleCount; i++)
        {
            entriesOf.TryGetValue(i, out List<int>? entries);
            needs.Vehicle(x, i, listed, entries, used, log);
        }
        for (int k = 0; k < used.Length; k++)
        {
            InfeasibleVehicle entry = listed[k];
            if (used[k] || entry.Vehicle < 0 || entry.Vehicle >= x.VehicleCount) continue;
            log.Add(AuditFindingKind.NeedLoweredWithoutCause, entry.Vehicle, slot: null,
                $"a need of {entry.WantedWh} Wh is listed as lowered to {entry.ReachableWh} Wh, but none of its needs is out of reach by those numbers");
        }
        return needs;
    }

    private void Vehicle(DispatchInstance x, int i, IReadOnlyList<InfeasibleVehicle> listed, List<int>? entries, bool[] used, FindingLog log)
    {
        double reachWh = x.InitialWh[i];
        for (int s = x.StayOffset[i]; s < x.StayOffset[i + 1]; s++)
        {
            double chargedWh = x.Efficiency * x.MaxChargeW[s] * x.SlotHours * (x.EndSlot[s] - x.StartSlot[s]);
            reachWh = Math.Min(x.CapacityWh[i], reachWh + chargedWh);
            int? loweredWh = Lowered(reachWh, NeedWh[s], TripWh[s], listed, entries, used);
            int wantedWh = Math.Max(NeedWh[s], TripWh[s]);
            if (loweredWh is null && wantedWh > reachWh + AuditTolerances.EnergyWh)
            {
                log.Add(AuditFindingKind.NeedNotListed, i, x.EndSlot[s],
                    $"it needs {wantedWh} Wh at departure, can have {reachWh:0.###} Wh at most, and is not listed as infeasible");
                loweredWh = (int)reachWh;
            }
            if (loweredWh is { } floorWh)
            {
                NeedWh[s] = Math.Min(NeedWh[s], floorWh);
                TripWh[s] = Math.Min(TripWh[s], floorWh);
            }
            reachWh = Math.Max(0, reachWh - TripWh[s]);
        }
        int? finalWh = Lowered(reachWh, FinalMinWh[i], 0, listed, entries, used);
        if (finalWh is null && FinalMinWh[i] > reachWh + AuditTolerances.EnergyWh)
        {
            log.Add(AuditFindingKind.NeedNotListed, i, x.SlotCount,
                $"its floor at the end is {FinalMinWh[i]} Wh, it can have {reachWh:0.###} Wh at most, and it is not listed as infeasible");
            finalWh = (int)reachWh;
        }
        if (finalWh is { } lastWh) FinalMinWh[i] = Math.Min(FinalMinWh[i], lastWh);
    }

    // An entry names no departure, so it is matched by its numbers: what was wanted is a need (or trip) of this departure that
    // is out of reach, and what it was lowered to is the reachable, rounded to a whole Wh either way.
    private static int? Lowered(double reachWh, int needWh, int tripWh, IReadOnlyList<InfeasibleVehicle> listed, List<int>? entries, bool[] used)
    {
        if (entries is null) return null;
        int? loweredWh = null;
        foreach (int k in entries)
        {
            InfeasibleVehicle entry = listed[k];
            bool wanted = entry.WantedWh == needWh || (tripWh > 0 && entry.WantedWh == tripWh);
            bool outOfReach = entry.WantedWh > reachWh - AuditTolerances.EnergyWh;
            bool loweredToReach = entry.ReachableWh > reachWh - 1 - AuditTolerances.EnergyWh && entry.ReachableWh < reachWh + AuditTolerances.EnergyWh;
            if (!wanted || !outOfReach || !loweredToReach) continue;
            used[k] = true;
            loweredWh = entry.ReachableWh;
        }
        return loweredWh;
    }

    private static Dictionary<int, List<int>> ByVehicle(DispatchInstance x, IReadOnlyList<InfeasibleVehicle> listed, FindingLog log)
    {
        var entriesOf = new Dictionary<int, List<int>>();
        for (int k = 0; k < listed.Count; k++)
        {
            int vehicle = listed[k].Vehicle;
            if (vehicle < 0 || vehicle >= x.VehicleCount)
            {
                log.Add(AuditFindingKind.NeedLoweredWithoutCause, $"vehicle {vehicle} is listed as infeasible, but there are {x.VehicleCount} vehicles");
                continue;
            }
            ref List<int>? entries = ref CollectionsMarshal.GetValueRefOrAddDefault(entriesOf, vehicle, out _);
            (entries ??= []).Add(k);
        }
        return entriesOf;
    }
}
