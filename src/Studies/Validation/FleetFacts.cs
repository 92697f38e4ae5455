using Movc.Domain.Charging;
using Movc.Domain.Events;
using Movc.Domain.Metrics;
using Movc.Domain.Mobility;
using Movc.Domain.Simulation;
using Movc.Domain.Time;

namespace Movc.Studies.Validation;

/// <summary>What a simulated fleet did under Charge Only in the weeks that count: sums, to be merged chunk by chunk.</summary>
/// <param name="people">The city's people.</param>
/// <param name="fromSlot">First slot that counts: what lies before is the warm-up.</param>
/// <param name="slots">Slots that count, whole days.</param>
/// <param name="firstSlotOfWeek">Slot of the week at slot 0 of the simulation, a midnight.</param>
public sealed class FleetFacts(PeopleModel people, int fromSlot, int slots, int firstSlotOfWeek)
{
    private readonly double[][] _loadKw = [new double[slots], new double[slots], new double[slots]];
    private readonly int[,] _sessions = new int[3, 3];
    private readonly int[] _startsByHour = new int[24];
    private readonly List<float> _kmPerDay = [];
    private readonly double[] _sessionKw = new double[SessionWindow];
    private double _km, _tripKwh, _staySlots, _storedKwhSlots, _chargingPotential, _dischargingPotential;

    private const int SessionWindow = 5 * Stay.LookAheadSlots;

    public int Vehicles { get; private set; }

    public long Trips { get; private set; }

    public long Stranded { get; private set; }

    public double Days => slots / (double)Slots.PerDay;

    /// <summary>Average km a day of each vehicle, in the order of the vehicles.</summary>
    public IReadOnlyList<float> KmPerDay => _kmPerDay;

    /// <summary>Charge Only power of the fleet at a kind of place, kW per slot that counts.</summary>
    public ReadOnlySpan<double> LoadKw(PlaceKind place) => _loadKw[(int)place - 1];

    /// <summary>Sessions begun at a kind of place in a mode.</summary>
    public int Sessions(PlaceKind place, ChargingMode mode) => _sessions[(int)place - 1, (int)mode];

    /// <summary>Plug-ins that charge, by hour of the local day.</summary>
    public IReadOnlyList<int> StartsByHour => _startsByHour;

    /// <summary>Energy of a road kilometre, kWh per 100 km, over all trips.</summary>
    public double KwhPer100Km => 100 * _tripKwh / _km;

    /// <summary>Share of vehicle-slots at a place, 0 to 1.</summary>
    public double ParkedShare => _staySlots / Total;

    /// <summary>Mean stored energy of staying vehicles over the whole fleet, kWh per vehicle.</summary>
    public double StoredKwh => _storedKwhSlots / Total;

    /// <summary>Mean of min(E_max, E_arr + P·T) of staying vehicles over the whole fleet, kWh per vehicle (MOVC Eq. 38).</summary>
    public double ChargingPotentialKwh => _chargingPotential / Total;

    /// <summary>Mean of max(E_need, E_arr − P·T) of staying vehicles over the whole fleet, kWh per vehicle (MOVC Eq. 39).</summary>
    public double DischargingPotentialKwh => _dischargingPotential / Total;

    private double Total => (double)Vehicles * slots;

    /// <summary>Adds a vehicle.</summary>
    public void Add(VehicleLife life)
    {
        Vehicles++;
        Stranded += life.Stranded;
        double km = 0;
        ReadOnlySpan<Stay> stays = life.Stays;
        for (int i = 0; i < stays.Length; i++)
        {
            ref readonly Stay stay = ref stays[i];
            if (stay.EndSlot >= fromSlot && stay.EndSlot < fromSlot + slots)
            {
                km += stay.TripKm;
                Trips++;
            }
            if (stay.EndSlot > fromSlot && stay.StartSlot < fromSlot + slots) AddStay(life, i);
        }
        _km += km;
        _tripKwh += km * people.KwhPerKm;
        _kmPerDay.Add((float)(km / Days));
    }

    /// <summary>Adds another chunk, of the vehicles that come after.</summary>
    public void Merge(FleetFacts next)
    {
        for (int p = 0; p < 3; p++)
        {
            for (int t = 0; t < slots; t++) _loadKw[p][t] += next._loadKw[p][t];
            for (int m = 0; m < 3; m++) _sessions[p, m] += next._sessions[p, m];
        }
        for (int h = 0; h < 24; h++) _startsByHour[h] += next._startsByHour[h];
        _kmPerDay.AddRange(next._kmPerDay);
        _km += next._km;
        _tripKwh += next._tripKwh;
        _staySlots += next._staySlots;
        _storedKwhSlots += next._storedKwhSlots;
        _chargingPotential += next._chargingPotential;
        _dischargingPotential += next._dischargingPotential;
        Vehicles += next.Vehicles;
        Trips += next.Trips;
        Stranded += next.Stranded;
    }

    private void AddStay(VehicleLife life, int i)
    {
        ref readonly Stay stay = ref life.Stays[i];
        ref readonly ChargedStay charged = ref life.Charged[i];
        int from = Math.Max(stay.StartSlot, fromSlot), to = Math.Min(stay.EndSlot, fromSlot + slots);
        double capacity = life.Model.CapacityKwh;
        _staySlots += to - from;
        double powerKw = charged.Mode == ChargingMode.Park ? life.Model.SlowKw : life.SessionKw(i), hours = Slots.Hours * Math.Min(stay.EndSlot - stay.StartSlot, SessionWindow);
        double needed = Math.Min(life.NeededIn24HoursKwh(i), charged.DepartKwh);
        _chargingPotential += (to - from) * FlexibilityPotential.ChargingKwh(charged.ArriveKwh, capacity, powerKw, hours);
        _dischargingPotential += (to - from) * FlexibilityPotential.DischargingKwh(charged.ArriveKwh, needed, powerKw, hours);
        if (charged.Mode == ChargingMode.Park)
        {
            _storedKwhSlots += (to - from) * charged.ArriveKwh;
            return;
        }
        if (stay.StartSlot >= fromSlot)
        {
            _sessions[(int)stay.Place - 1, (int)charged.Mode]++;
            _startsByHour[(stay.StartSlot + firstSlotOfWeek) % Slots.PerDay * 24 / Slots.PerDay]++;
        }
        AddSession(life, i, from, to);
    }

    private void AddSession(VehicleLife life, int i, int from, int to)
    {
        ref readonly Stay stay = ref life.Stays[i];
        int length = Math.Min(to - stay.StartSlot, SessionWindow);
        Span<double> session = _sessionKw.AsSpan(0, length);
        session.Clear();
        life.AddLoad(i, stay.StartSlot, firstSlotOfWeek % Slots.PerDay, session);
        double energy = life.Charged[i].ArriveKwh;
        double[] load = _loadKw[(int)stay.Place - 1];
        for (int t = 0; t < length; t++)
        {
            if (stay.StartSlot + t >= from)
            {
                _storedKwhSlots += energy;
                load[stay.StartSlot + t - fromSlot] += session[t];
            }
            energy += people.Efficiency * session[t] * Slots.Hours;
        }
    }
}
