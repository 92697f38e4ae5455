using Movc.VehicleKernel.Storage;

namespace Movc.VehicleKernel.Vehicles;

/// <summary>
/// Solves vehicles one by one, exactly as a plan's own solver does: given a round's prices, the cheapest schedule that meets every need,
/// as far as full charging reaches it. One solver belongs to one thread; it makes no object per vehicle.
/// </summary>
/// <example>
/// <code>
/// var solver = new VehicleSolver(units, slots);
/// var gained = new int[slots];
/// int setpointW = solver.Solve(ranks, new Vehicle(60_000, 21_500, 0), [new VehicleStay(0, 40, 7_000, 7_000, 48_000, 0)], gained);
/// double kw = units.PowerKw(gained[3]);
/// </code>
/// </example>
public sealed class VehicleSolver
{
    private const int FewStays = 16;
    private readonly EnergyUnits _units;
    private readonly int _slots;
    private FleetColumns _columns;
    private SlotKernel _kernel;

    /// <param name="units">Unit of energy: the plan's, so that sums are the same to the last digit.</param>
    /// <param name="slots">Slots of the horizon, 1 to <see cref="PriceRanks.MaxSteps"/>.</param>
    public VehicleSolver(EnergyUnits units, int slots)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(slots, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(slots, PriceRanks.MaxSteps);
        ArgumentOutOfRangeException.ThrowIfLessThan(Math.Min(Math.Min(units.PerWh, units.PerChargeWatt), units.PerDischargeWatt), 1, nameof(units));
        (_units, _slots) = (units, slots);
        _columns = Columns(FewStays);
        _kernel = new SlotKernel(_columns);
    }

    /// <summary>Whether a need of the last vehicle was out of reach and lowered to what can be had.</summary>
    public bool Lowered { get; private set; }

    /// <summary>Solves one vehicle.</summary>
    /// <param name="ranks">Ranks of the round's prices (<see cref="PriceRanks.OfPrices"/>, or a bundle's round).</param>
    /// <param name="vehicle">Its battery.</param>
    /// <param name="stays">Its stays, in time order, apart from one another.</param>
    /// <param name="gained">Takes the energy gained in each slot, units: over 0 stored, under 0 taken out; length T. <see cref="EnergyUnits.PowerKw"/> makes it power.</param>
    /// <returns>Power in slot 0, W, charging positive: the setpoint.</returns>
    /// <exception cref="ArgumentException">It is no vehicle: a figure is negative or too large, stays overlap or leave the horizon.</exception>
    public int Solve(PriceRanks ranks, Vehicle vehicle, ReadOnlySpan<VehicleStay> stays, Span<int> gained)
    {
        ArgumentNullException.ThrowIfNull(ranks);
        Load(vehicle, stays);
        Lowered = !NeedRepair.Reaches(_columns, 0);
        if (Lowered) NeedRepair.Lower(_columns, 0, null);
        _kernel.Solve(ranks, 0, gained);
        return _units.PowerW(gained[0]);
    }

    private void Load(Vehicle vehicle, ReadOnlySpan<VehicleStay> stays)
    {
        Demand(vehicle.CapacityWh >= 0 && vehicle.InitialWh >= 0 && vehicle.InitialWh <= vehicle.CapacityWh && vehicle.FinalMinWh >= 0, "the stored energy lies between 0 and the capacity, and no figure is negative");
        Demand((long)vehicle.CapacityWh * _units.PerWh <= EnergyUnits.Limit, "a capacity too large for the plan's unit of energy");
        if (stays.Length > _columns.StartSlot.Length)
        {
            _columns = Columns(2 * stays.Length);
            _kernel = new SlotKernel(_columns);
        }
        (_columns.CapacityWh[0], _columns.InitialWh[0], _columns.FinalMinWh[0]) = (vehicle.CapacityWh, vehicle.InitialWh, vehicle.FinalMinWh);
        _columns.StayOffset[1] = stays.Length;
        int free = 0;
        for (int s = 0; s < stays.Length; s++)
        {
            VehicleStay stay = stays[s];
            Demand(stay.StartSlot >= free && stay.EndSlot > stay.StartSlot && stay.EndSlot <= _slots, "stays are in time order, do not overlap, and lie inside the horizon");
            Demand(stay is { MaxChargeW: >= 0, MaxDischargeW: >= 0, NeededWh: >= 0, TripWh: >= 0 }, "no power and no energy is negative");
            Demand((long)stay.MaxChargeW * _units.PerChargeWatt <= EnergyUnits.Limit && (long)stay.MaxDischargeW * _units.PerDischargeWatt <= EnergyUnits.Limit, "a power too large for the plan's unit of energy");
            (_columns.StartSlot[s], _columns.EndSlot[s]) = (stay.StartSlot, stay.EndSlot);
            (_columns.MaxChargeW[s], _columns.MaxDischargeW[s]) = (stay.MaxChargeW, stay.MaxDischargeW);
            (_columns.NeededWh[s], _columns.TripWh[s]) = (stay.NeededWh, stay.TripWh);
            free = stay.EndSlot;
        }
    }

    private FleetColumns Columns(int stays) => new()
    {
        Units = _units,
        Slots = _slots,
        CapacityWh = new int[1],
        InitialWh = new int[1],
        FinalMinWh = new int[1],
        StayOffset = new int[2],
        StartSlot = new int[stays],
        EndSlot = new int[stays],
        MaxChargeW = new int[stays],
        MaxDischargeW = new int[stays],
        NeededWh = new int[stays],
        TripWh = new int[stays],
    };

    private static void Demand(bool holds, string rule)
    {
#pragma warning disable MA0015 // The rule tells which figure it is about.
        if (!holds) throw new ArgumentException($"no vehicle: {rule}");
#pragma warning restore MA0015
    }
}
