using Movc.VehicleKernel.Bundles;

namespace Movc.VehicleKernel.Vehicles;

/// <summary>
/// What a published plan has vehicles do, for whoever holds their data: setpoints, schedules, and the part of the plan's schedule hash
/// that they come to. It belongs to one thread; it makes no object per vehicle.
/// </summary>
/// <example>
/// <code>
/// PlanBundle plan = BundleCodec.Decode(File.ReadAllBytes("plan.movcplan"), out _);
/// var mine = new PlannedVehicles(plan, new PlanLookup(plan));
/// int setpointW = mine.Solve(index, vehicle, stays, gained);
/// // … and when all are done: their parts, added up over all who hold vehicles, come to the plan's.
/// UInt128 part = mine.Sum;
/// </code>
/// </example>
/// <param name="bundle">The plan.</param>
/// <param name="lookup">Of the same plan; may be shared.</param>
public sealed class PlannedVehicles(PlanBundle bundle, PlanLookup lookup)
{
    private readonly VehicleSolver _solver = new(bundle.Units, bundle.Slots);
    private readonly ScheduleHash _hash = new(bundle.Seed, bundle.AtMs);

    /// <summary>Part of the schedule hash that the vehicles solved so far come to, each counted as often as it was solved.</summary>
    public UInt128 Sum => _hash.Sum;

    /// <summary>Whether a need of the last vehicle was out of reach and lowered to what can be had.</summary>
    public bool Lowered => _solver.Lowered;

    /// <summary>Solves one vehicle of the plan.</summary>
    /// <param name="index">Its index in the plan, from 0.</param>
    /// <param name="vehicle">Its battery as the snapshot saw it.</param>
    /// <param name="stays">Its stays as the snapshot saw them.</param>
    /// <param name="gained">Takes the energy gained in each slot, units; length T.</param>
    /// <returns>Power in slot 0, W, charging positive: the setpoint.</returns>
    /// <exception cref="ArgumentException">The plan has no such vehicle, or it is none.</exception>
    public int Solve(int index, Vehicle vehicle, ReadOnlySpan<VehicleStay> stays, Span<int> gained)
    {
        int round = lookup.RoundOf(index);
        int setpointW;
        if (round >= 0)
        {
            setpointW = _solver.Solve(bundle.Rounds[round], vehicle, stays, gained);
        }
        else
        {
            bundle.Rows.AsSpan(~round * bundle.Slots, bundle.Slots).CopyTo(gained);
            setpointW = bundle.Units.PowerW(gained[0]);
        }
        _hash.Add(index, setpointW, gained);
        return setpointW;
    }
}
