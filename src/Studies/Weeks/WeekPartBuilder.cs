using Movc.Domain.Charging;
using Movc.Domain.Mobility;
using Movc.Domain.Places;
using Movc.Domain.Simulation;
using Movc.Domain.Time;

namespace Movc.Studies.Weeks;

/// <summary>
/// Fills one part of a simulated week. Energies become whole Wh by walking the Charge Only week again in whole Wh, rounded down, so
/// that Charge Only stays a feasible point of any dispatch to the last Wh.
/// </summary>
internal sealed class WeekPartBuilder(PeopleModel people, int firstVehicle, int fromSlot, int slots)
{
    private readonly StayRegions _regions = people.Mobility.Regions;
    private readonly double[] _session = new double[12 * Stay.LookAheadSlots];
    private readonly List<WeekVehicle> _vehicles = new(FleetSimulation.ChunkVehicles);
    private readonly List<WeekStay> _stays = new(FleetSimulation.ChunkVehicles * 22);

    /// <summary>Adds the next vehicle.</summary>
    public void Add(VehicleLife life)
    {
        ReadOnlySpan<Stay> stays = life.Stays;
        int first = 0;
        while (first < stays.Length && stays[first].EndSlot <= fromSlot) first++;
        int capacity = (int)Math.Round(life.Model.CapacityKwh * 1000);
        int energy = first < stays.Length ? (int)(EnergyAtStart(life, first) * 1000) : capacity;
        _vehicles.Add(new WeekVehicle
        {
            InitialWh = energy,
            FirstStay = _stays.Count,
            HomeDistrict = (short)_regions.District[life.HomeRegion],
            Model = (byte)life.ModelIndex,
        });
        for (int i = first; i < stays.Length && stays[i].StartSlot < fromSlot + slots; i++) energy = AddStay(life, i, energy, capacity);
    }

    public WeekPart Build() => new(firstVehicle, [.. _vehicles], [.. _stays]);

    /// <summary>Adds a stay.</summary>
    /// <returns>Stored energy after the trip that ends it, Wh.</returns>
    private int AddStay(VehicleLife life, int i, int energy, int capacity)
    {
        ref readonly Stay stay = ref life.Stays[i];
        ref readonly ChargedStay charged = ref life.Charged[i];
        int start = stay.StartSlot - fromSlot, end = stay.EndSlot == Stay.Unknown ? WeekStay.Unknown : stay.EndSlot - fromSlot;
        bool charges = life.SessionKw(i) > 0;
        int stored = charges ? Math.Min(capacity - energy, (int)(StoredBetween(life, i, Math.Max(0, start), Math.Min(slots, end)) * 1000)) : 0;
        energy += stored;
        // What lies beyond the week is nobody's need in it.
        int trip = end > slots ? 0 : Math.Min(energy, (int)(charged.TripKwh * 1000));
        _stays.Add(new WeekStay
        {
            SessionKwh = charges ? charged.DepartKwh - charged.ArriveKwh : 0,
            StartSlot = start,
            EndSlot = end,
            StoredWh = stored,
            TripWh = trip,
            NeedWh = (int)(life.NeededKwh(i) * 1000),
            Need24Wh = (int)(life.NeededIn24HoursKwh(i) * 1000),
            District = (short)_regions.District[stay.Region],
            Mode = charges ? charged.Mode : ChargingMode.Park,
            Place = stay.Place,
        });
        return energy - trip;
    }

    /// <summary>Stored energy at the week's first slot, kWh: what the first stay has charged by then, or what the trip still under way will leave.</summary>
    private double EnergyAtStart(VehicleLife life, int first)
    {
        ref readonly Stay stay = ref life.Stays[first];
        double arrived = life.Charged[first].ArriveKwh;
        return stay.StartSlot >= fromSlot || life.SessionKw(first) <= 0 ? arrived : arrived + StoredBetween(life, first, stay.StartSlot - fromSlot, 0);
    }

    /// <summary>What a Charge Only session stores between two slots of the week, kWh.</summary>
    private double StoredBetween(VehicleLife life, int stay, int from, int to)
    {
        int length = Math.Min(to - from, _session.Length);
        if (length <= 0) return 0;
        Span<double> session = _session.AsSpan(0, length);
        session.Clear();
        life.AddLoad(stay, fromSlot + from, 0, session);
        double kwh = 0;
        foreach (double kw in session) kwh += kw * Slots.Hours * people.Efficiency;
        return kwh;
    }
}
