using Movc.Domain;
using Movc.Domain.Dispatch;
using Movc.RollingOptimizer.Model;
using Movc.VehicleKernel.Bundles;
using Movc.VehicleKernel.Vehicles;

namespace Movc.Verify;

/// <summary>Derives what a plan has some of its vehicles do, from the bundle and these vehicles' data alone.</summary>
internal static class PlanPart
{
    /// <summary>Solves vehicles of an instance.</summary>
    /// <param name="vehicles">Indices in the instance.</param>
    /// <param name="indexOf">Their indices in the plan.</param>
    /// <exception cref="InputException">The plan has no such vehicle, or names one twice, or the instance is of another horizon.</exception>
    public static PartDocument Of(PlanBundle plan, Digest hash, DispatchInstance x, IReadOnlyList<int> vehicles, IReadOnlyList<int> indexOf, CancellationToken stop)
    {
        if (x.SlotCount != plan.Slots || x.SlotHours != plan.SlotHours || x.Efficiency != plan.Efficiency)
            throw new InputException($"the instance has {x.SlotCount} slots of {60 * x.SlotHours:0.###} min at efficiency {x.Efficiency}; plan {plan.Id} has {plan.Slots} of {60 * plan.SlotHours:0.###} min at {plan.Efficiency}: give the vehicles as the plan's horizon saw them");
        var mine = new PlannedVehicles(plan, new PlanLookup(plan));
        var gained = new int[plan.Slots];
        var seen = new HashSet<int>(vehicles.Count);
        var stays = new List<VehicleStay>();
        var setpoints = new PartDocument.Setpoint[vehicles.Count];
        long powerW = 0;
        int lowered = 0;
        for (int k = 0; k < setpoints.Length; k++)
        {
            stop.ThrowIfCancellationRequested();
            int i = vehicles[k], index = indexOf[k];
            string name = InstanceFolder.NameOf(x, i);
            if (index < 0 || index >= plan.VehicleCount) throw new InputException($"vehicle {name}: index {index}, but plan {plan.Id} has {plan.VehicleCount} vehicles; give the index that the operator told");
            if (!seen.Add(index)) throw new InputException($"vehicle {name}: index {index} stands twice; each vehicle of the plan is one");
            stays.Clear();
            for (int s = x.StayOffset[i]; s < x.StayOffset[i + 1]; s++)
                stays.Add(new VehicleStay(x.StartSlot[s], x.EndSlot[s], x.MaxChargeW[s], x.MaxDischargeW[s], x.NeededAtDepartureWh[s], x.TripWhAfter[s]));
            try
            {
                int setpointW = mine.Solve(index, new Vehicle(x.CapacityWh[i], x.InitialWh[i], x.FinalMinWh[i]), System.Runtime.InteropServices.CollectionsMarshal.AsSpan(stays), gained);
                setpoints[k] = new PartDocument.Setpoint(name, index, setpointW);
                powerW += setpointW;
                lowered += mine.Lowered ? 1 : 0;
            }
            catch (ArgumentException wrong)
            {
                throw new InputException($"vehicle {name}: {wrong.Message}; correct it", wrong);
            }
        }
        bool? isWhole = setpoints.Length == plan.VehicleCount ? mine.Sum == plan.ScheduleSum : null;
        return new PartDocument(
            plan.Id, DateTimeOffset.FromUnixTimeMilliseconds(plan.AtMs), hash.ToString(), setpoints.Length, powerW, lowered,
            ScheduleHash.ToHex(mine.Sum), ScheduleHash.ToHex(plan.ScheduleSum), isWhole, setpoints);
    }
}
