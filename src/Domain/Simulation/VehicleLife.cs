using Movc.Domain.Charging;
using Movc.Domain.Fleet;
using Movc.Domain.Mobility;
using Movc.Domain.Randomness;
using Movc.Domain.Time;
using Movc.Domain.Willingness;

namespace Movc.Domain.Simulation;

/// <summary>
/// One simulated vehicle from slot 0 on: its stays, and under Charge Only how it charges in each. A pure function of (model, key); the
/// object is reused from vehicle to vehicle and allocates nothing once warm. Not for several threads at once.
/// </summary>
public sealed class VehicleLife(PeopleModel people)
{
    /// <summary>Trips that a driver looks ahead (model.md §4).</summary>
    private const int TripsAhead = 3;

    private readonly IMobilityWalker _walker = people.Mobility.OpenWalker();
    private readonly double[] _cumulatedShare = Cumulate(people.Models);
    private readonly StayList _stays = new();
    private ChargedStay[] _charged = new ChargedStay[256];
    private int _count;
    private bool _quickAtHome;

    /// <summary>Stays in time order.</summary>
    public ReadOnlySpan<Stay> Stays => _stays.Items[.._count];

    /// <summary>The same stays under Charge Only.</summary>
    public ReadOnlySpan<ChargedStay> Charged => _charged.AsSpan(0, _count);

    public VehicleModel Model { get; private set; } = people.Models[0];

    /// <summary>Index of <see cref="Model"/>.</summary>
    public int ModelIndex { get; private set; }

    public V2gStrategy Strategy { get; private set; }

    public int HomeRegion { get; private set; }

    /// <summary>Trips that were longer than the stored energy.</summary>
    public int Stranded { get; private set; }

    /// <summary>What an owner would allow under a willingness: what <see cref="Strategy"/> is after <see cref="Live"/>, without the life.</summary>
    public static V2gStrategy StrategyOf(ulong vehicleKey, IWillingness willingness)
    {
        CounterRandom traits = CounterRandom.OfTraits(vehicleKey);
        // The model of vehicle is drawn first.
        traits.NextUniform();
        return willingness.Choose(ref traits);
    }

    /// <summary>Lives a vehicle. A longer life begins with the shorter one: nothing depends on where it is cut.</summary>
    /// <param name="vehicleKey">See <see cref="CounterRandom.VehicleKey"/>.</param>
    /// <param name="firstSlotOfWeek">Slot of the week at slot 0; 0 = Monday 0:00.</param>
    /// <param name="untilSlot">Stays that begin before it are simulated.</param>
    public void Live(ulong vehicleKey, int firstSlotOfWeek, int untilSlot)
    {
        CounterRandom traits = CounterRandom.OfTraits(vehicleKey);
        ModelIndex = Pick(_cumulatedShare, traits.NextUniform());
        Model = people.Models[ModelIndex];
        Strategy = people.Willingness.Choose(ref traits);
        _quickAtHome = traits.NextUniform() < people.QuickAtHomeShare;
        // A week further than asked for, so that whoever decides at the end sees as far ahead as at the beginning.
        HomeRegion = _walker.Walk(vehicleKey, firstSlotOfWeek, untilSlot + Stay.LookAheadSlots, _stays);
        ReadOnlySpan<Stay> walked = _stays.Items;
        for (_count = walked.Length; _count > 0 && walked[_count - 1].StartSlot >= untilSlot; _count--) { }
        Charge(CounterRandom.OfCharging(vehicleKey), firstSlotOfWeek % Slots.PerDay);
    }

    /// <summary>First slot of the stay after a stay, or <see cref="Stay.Unknown"/> where that lies more than a week beyond what was asked for.</summary>
    public int NextStartSlot(int stay) => stay + 1 < _stays.Count ? _stays[stay + 1].StartSlot : Stay.Unknown;

    /// <summary>E_need, kWh: the lesser of the trips within 24 hours of leaving and the trips until the next charging session (MOVC Eqs. 30-33).</summary>
    /// <param name="stay">Index of the stay.</param>
    public double NeededKwh(int stay)
    {
        ReadOnlySpan<Stay> stays = _stays.Items;
        double sum = 0;
        for (int k = stay; k < stays.Length && stays[k].EndSlot < stays[stay].EndSlot + Slots.PerDay; k++)
        {
            // Beyond what is simulated no session is known: the trips of the whole day count.
            if (k > stay && k < _count && _charged[k].Mode != ChargingMode.Park) break;
            sum += k < _count ? _charged[k].TripKwh : stays[k].TripKm * people.KwhPerKm;
        }
        return sum;
    }

    /// <summary>Energy that the trips within 24 hours of a stay's end take under Charge Only, kWh: E_need by the 24 h rule alone.</summary>
    /// <param name="stay">Index of the stay.</param>
    public double NeededIn24HoursKwh(int stay)
    {
        ReadOnlySpan<Stay> stays = Stays;
        double sum = 0;
        for (int k = stay; k < stays.Length && stays[k].EndSlot < stays[stay].EndSlot + Slots.PerDay; k++) sum += _charged[k].TripKwh;
        return sum;
    }

    /// <summary>Power of a stay's session under Charge Only, kW; 0 where it parks.</summary>
    public double SessionKw(int stay) => Power(_charged[stay].Mode);

    /// <summary>Adds the Charge Only power of a stay to a load, kW per slot.</summary>
    /// <param name="stay">Index of the stay.</param>
    /// <param name="fromSlot">Slot of the simulation at which <paramref name="loadKw"/> begins.</param>
    /// <param name="firstSlotOfDay">Slot of the day at slot 0 of the simulation.</param>
    /// <param name="loadKw">Slots outside are left out.</param>
    public void AddLoad(int stay, int fromSlot, int firstSlotOfDay, Span<double> loadKw)
    {
        ref readonly ChargedStay charged = ref _charged[stay];
        if (charged.Mode == ChargingMode.Park) return;
        ref Stay at = ref _stays[stay];
        Tariff? waits = people.Charging.WaitsForCheapest(at.Place) ? people.Tariff : null;
        SessionSlots.AddTo(
            charged.DepartKwh - charged.ArriveKwh, Power(charged.Mode), people.Efficiency,
            at.StartSlot - fromSlot, at.StartSlot + KnownSlots(at) - fromSlot, Mod(fromSlot + firstSlotOfDay), waits, loadKw);
    }

    /// <summary>Length of a stay as far as a driver looks ahead, a week.</summary>
    private static int KnownSlots(in Stay stay) => Math.Min(stay.EndSlot - stay.StartSlot, Stay.LookAheadSlots);

    private double Power(ChargingMode mode) => mode switch
    {
        ChargingMode.Slow => Model.SlowKw,
        ChargingMode.Quick => Model.QuickKw,
        _ => 0,
    };

    private void Charge(CounterRandom random, int firstSlotOfDay)
    {
        if (_charged.Length < _count) Array.Resize(ref _charged, Math.Max(_count, 2 * _charged.Length));
        double energy = Model.CapacityKwh;
        Stranded = 0;
        ReadOnlySpan<Stay> stays = _stays.Items;
        for (int i = 0; i < _count; i++)
        {
            ref readonly Stay stay = ref stays[i];
            int slots = KnownSlots(stay), sees = stay.StartSlot + Stay.LookAheadSlots;
            double ahead = 0;
            for (int k = i; k < Math.Min(i + TripsAhead, stays.Length) && stays[k].EndSlot <= sees; k++) ahead += stays[k].TripKm * people.KwhPerKm;
            bool quick = Model.QuickKw > 0 && (stay.Place != Events.PlaceKind.Home || _quickAtHome);
            var situation = new ChargingSituation
            {
                Place = stay.Place,
                CapacityKwh = Model.CapacityKwh,
                EnergyKwh = energy,
                NextTripsKwh = ahead,
                SlowKw = Model.SlowKw,
                QuickKw = quick ? Model.QuickKw : 0,
                SlotOfDay = (stay.StartSlot + firstSlotOfDay) % Slots.PerDay,
                Slots = slots,
            };
            ChargingMode mode = people.Charging.Choose(situation, random.NextUniform());
            ref ChargedStay charged = ref _charged[i];
            charged.Mode = mode;
            charged.ArriveKwh = energy;
            if (mode != ChargingMode.Park)
                energy = Math.Min(Model.CapacityKwh, energy + SessionSlots.StoredKwh(Model.CapacityKwh - energy, Power(mode), people.Efficiency, slots));
            charged.DepartKwh = energy;
            double trip = stay.TripKm * people.KwhPerKm;
            if (trip > energy)
            {
                Stranded++;
                trip = energy;
            }
            charged.TripKwh = trip;
            energy -= trip;
        }
    }

    private static int Mod(int slot) => ((slot % Slots.PerDay) + Slots.PerDay) % Slots.PerDay;

    private static int Pick(double[] cumulated, double uniform)
    {
        double at = uniform * cumulated[^1];
        int i = 0;
        while (i < cumulated.Length - 1 && at >= cumulated[i]) i++;
        return i;
    }

    private static double[] Cumulate(IReadOnlyList<VehicleModel> models)
    {
        double sum = 0;
        return [.. models.Select(m => sum += m.Share)];
    }
}
