using Movc.Domain.Charging;
using Movc.Domain.Fleet;
using Movc.Domain.Mobility;
using Movc.Domain.Simulation;
using Movc.Domain.Time;

namespace Movc.Studies.Instances;

/// <summary>
/// The dispatch problem of one chunk of vehicles, in growing columns. Energies become whole Wh by walking the Charge Only week again
/// in whole Wh, rounded so that Charge Only stays a feasible point of the problem to the last Wh.
/// </summary>
internal sealed class InstanceChunk(ModelInstanceOptions options, PeopleModel people, int fromSlot)
{
    private const int WattsPerKilowatt = 1000;
    private readonly int _slots = options.Days * Slots.PerDay;
    private readonly double[] _session = new double[12 * Stay.LookAheadSlots];

    public List<int> CapacityWh { get; } = [];

    public List<int> InitialWh { get; } = [];

    public List<int> FinalMinWh { get; } = [];

    public List<int> StayCount { get; } = [];

    public List<int> Vehicle { get; } = [];

    public List<int> StartSlot { get; } = [];

    public List<int> EndSlot { get; } = [];

    public List<int> MaxChargeW { get; } = [];

    public List<int> MaxDischargeW { get; } = [];

    public List<int> NeededWh { get; } = [];

    public List<int> TripWh { get; } = [];

    /// <summary>Charge Only power of the vehicles that take part, kW per slot.</summary>
    public double[] BaselineKw { get; } = new double[options.Days * Slots.PerDay];

    /// <summary>Charge Only power of the vehicles that do not, kW per slot.</summary>
    public double[] OthersKw { get; } = new double[options.Days * Slots.PerDay];

    /// <summary>Adds a vehicle: into the columns where it takes part, else only its load.</summary>
    public void Add(int vehicle, VehicleLife life)
    {
        V2gStrategy strategy = options.Strategy switch
        {
            StrategyMix.Willing => life.Strategy,
            StrategyMix.Vws => V2gStrategy.WhenStaying,
            _ => V2gStrategy.WhenCharging,
        };
        ReadOnlySpan<Stay> stays = life.Stays;
        int first = 0;
        while (first < stays.Length && stays[first].EndSlot <= fromSlot) first++;
        double[] load = strategy == V2gStrategy.ChargeOnly ? OthersKw : BaselineKw;
        int end = first;
        while (end < stays.Length && stays[end].StartSlot < fromSlot + _slots) life.AddLoad(end++, fromSlot, 0, load);
        if (strategy != V2gStrategy.ChargeOnly) AddColumns(vehicle, life, strategy, first, end);
    }

    private void AddColumns(int vehicle, VehicleLife life, V2gStrategy strategy, int first, int end)
    {
        int capacity = (int)Math.Round(life.Model.CapacityKwh * 1000);
        int energy = first < end ? (int)(EnergyAtStart(life, first) * 1000) : capacity;
        Vehicle.Add(vehicle);
        CapacityWh.Add(capacity);
        InitialWh.Add(energy);
        StayCount.Add(end - first);
        for (int i = first; i < end; i++)
        {
            ref readonly Stay stay = ref life.Stays[i];
            ref readonly ChargedStay charged = ref life.Charged[i];
            int start = Math.Max(0, stay.StartSlot - fromSlot), until = Math.Min(_slots, stay.EndSlot - fromSlot);
            bool cut = stay.EndSlot - fromSlot > _slots;
            double powerKw = life.SessionKw(i);
            double limitKw = powerKw > 0 ? powerKw : strategy == V2gStrategy.WhenStaying ? life.Model.SlowKw : 0;
            double stored = powerKw > 0 ? StoredInHorizon(life, i, start, until) : 0;
            energy = Math.Min(capacity, energy + (int)(stored * 1000));
            int trip = cut ? 0 : Math.Min(energy, (int)(charged.TripKwh * 1000));
            int need = cut ? 0 : Math.Min(energy, Math.Max((int)(Needed(life, i) * 1000), (int)(options.Satisfaction * energy)));
            StartSlot.Add(start);
            EndSlot.Add(until);
            MaxChargeW.Add((int)Math.Round(limitKw * WattsPerKilowatt));
            MaxDischargeW.Add(options.Strategy == StrategyMix.Smart ? 0 : (int)Math.Round(limitKw * WattsPerKilowatt));
            NeededWh.Add(Math.Max(need, trip));
            TripWh.Add(trip);
            energy -= trip;
        }
        FinalMinWh.Add(options.FinalFloor ? energy : 0);
    }

    /// <summary>Stored energy at the horizon's first slot, kWh: what the first stay has charged by then, or what the trip still under way will leave.</summary>
    private double EnergyAtStart(VehicleLife life, int first)
    {
        ref readonly Stay stay = ref life.Stays[first];
        double arrived = life.Charged[first].ArriveKwh;
        return stay.StartSlot >= fromSlot || life.SessionKw(first) <= 0 ? arrived : arrived + StoredInHorizon(life, first, stay.StartSlot - fromSlot, 0);
    }

    /// <summary>What a Charge Only session stores between two slots of the horizon, kWh.</summary>
    private double StoredInHorizon(VehicleLife life, int stay, int from, int to)
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

    /// <summary>E_need, kWh: the lesser of the trips within 24 hours of leaving and the trips until the next charging session (model.md §6).</summary>
    private static double Needed(VehicleLife life, int i)
    {
        ReadOnlySpan<Stay> stays = life.Stays;
        double sum = 0;
        for (int k = i; k < stays.Length && stays[k].EndSlot < stays[i].EndSlot + Slots.PerDay; k++)
        {
            if (k > i && life.Charged[k].Mode != ChargingMode.Park) break;
            sum += life.Charged[k].TripKwh;
        }
        return sum;
    }
}
