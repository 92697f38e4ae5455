using Movc.Domain.Events;
using Movc.Domain.Randomness;
using Movc.Ingest.Simulation.Parameters;

namespace Movc.Ingest.Simulation;

/// <summary>
/// Which tours a vehicle makes and with how much energy: a pure function of (seed, vehicle, day) and of the anchor, the day
/// on which every vehicle stands full at home. Energy follows Charge Only (MOVC Eqs. 15-19 with immediate charging).
/// </summary>
internal sealed class TourPlanner
{
    /// <summary>How far ahead a departure is looked for, days; beyond that it is not declared.</summary>
    public const int LookAheadDays = 28;

    private const int LongestRedraw = 256;
    private readonly DayClock _clock;
    private readonly int _anchorDay;
    private readonly long _seed;
    private readonly long _homeStayMinMs;
    private readonly long _efficiencyPpm;
    private readonly int[] _capacityWh;
    private readonly int[] _acPowerW;
    private readonly long[] _fillMs;
    private readonly BlockSampler _work;
    private readonly BlockSampler _outing;

    public TourPlanner(CityParameters parameters, long seed, DayClock clock, int anchorDay)
    {
        _seed = seed;
        _clock = clock;
        _anchorDay = anchorDay;
        _homeStayMinMs = (long)(parameters.Travel.HomeStayMinMin * 60_000);
        _efficiencyPpm = (long)Math.Round(parameters.ChargingEfficiency * 1e6);
        _capacityWh = parameters.Models.Select(m => m.CapacityWh).ToArray();
        _acPowerW = parameters.Models.Select(m => m.AcPowerW).ToArray();
        _fillMs = parameters.Models.Select(m => (long)Math.Ceiling(m.CapacityWh * 3.6e12 / (m.AcPowerW * (double)_efficiencyPpm)) + 1).ToArray();
        _work = new BlockSampler(parameters.Work);
        _outing = new BlockSampler(parameters.Outing);
    }

    public int CapacityWh(in VehicleTraits traits) => _capacityWh[traits.Model];

    public int AcPowerW(in VehicleTraits traits) => _acPowerW[traits.Model];

    /// <summary>Energy after charging at full power, Wh: min(capacity, E + η·P·Δt), rounded down so that it is never out of reach.</summary>
    public int Charged(in VehicleTraits traits, int energyWh, long forMs)
    {
        int capacityWh = _capacityWh[traits.Model];
        if (forMs >= _fillMs[traits.Model]) return capacityWh;
        // W · ms · 1e-6 over 3.6e6 ms/h: stays under 2^63 because forMs is under the time of a full charge.
        long gainedWh = _acPowerW[traits.Model] * forMs / 1000 * _efficiencyPpm / 3_600_000_000L;
        return (int)Math.Min(capacityWh, energyWh + gainedWh);
    }

    /// <summary>The first tour on or after a day that the vehicle can make, given the one before.</summary>
    public Tour Next(int vehicle, in VehicleTraits traits, in Tour before, int fromDay)
    {
        ulong key = CounterRandom.VehicleKey(_seed, vehicle);
        long homeMs = before.ReturnMs(traits.TripSeconds);
        int homeWh = before.LeaveWh - traits.TripWh;
        for (int day = fromDay; day < fromDay + LookAheadDays; day++)
        {
            if (!TryPlan(key, traits, day, out Tour tour)) continue;
            if (tour.DepartMs < homeMs + _homeStayMinMs) continue;
            if (TrySupply(traits, ref tour, Charged(traits, homeWh, tour.DepartMs - homeMs))) return tour;
        }
        return new Tour { Day = fromDay + LookAheadDays };
    }

    /// <summary>Why a vehicle makes no tour on a day: none was planned, it was not back in time, or the battery did not hold enough.</summary>
    public LeftOut WhyNone(int vehicle, in VehicleTraits traits, in Tour before, int day)
    {
        if (!TryPlan(CounterRandom.VehicleKey(_seed, vehicle), traits, day, out Tour tour)) return LeftOut.NotPlanned;
        return tour.DepartMs < before.ReturnMs(traits.TripSeconds) + _homeStayMinMs ? LeftOut.Overlapping : LeftOut.WithoutEnergy;
    }

    /// <summary>
    /// The state at a day's midnight without living through all days before: goes back to the last stay at home that was
    /// long enough to fill an empty battery, where the energy is known whatever came before, and lives on from there.
    /// </summary>
    /// <param name="last">The last tour that began before the day.</param>
    /// <param name="now">The first tour that begins on the day or later.</param>
    public void Rebuild(int vehicle, in VehicleTraits traits, int day, out Tour last, out Tour now)
    {
        last = Tour.AtHomeSince(_clock.StartMs(_anchorDay), CapacityWh(traits), traits);
        now = FindFull(CounterRandom.VehicleKey(_seed, vehicle), traits, day, out Tour full)
            ? full
            : Next(vehicle, traits, last, _anchorDay);
        while (now.Day < day)
        {
            if (now.IsKnown) last = now;
            now = Next(vehicle, traits, last, now.IsKnown ? now.Day + 1 : now.Day);
        }
    }

    private bool FindFull(ulong key, in VehicleTraits traits, int beforeDay, out Tour full)
    {
        for (int day = beforeDay - 1; day > _anchorDay; day--)
        {
            if (!TryPlan(key, traits, day, out full)) continue;
            // No tour lasts beyond the day after it begins, so only those of the two days before can end after yesterday's midnight.
            long homeMs = _clock.StartMs(day - 1);
            for (int earlier = Math.Max(_anchorDay, day - 2); earlier < day; earlier++)
            {
                if (TryPlan(key, traits, earlier, out Tour tour)) homeMs = Math.Max(homeMs, tour.ReturnMs(traits.TripSeconds));
            }
            if (full.DepartMs - homeMs >= Math.Max(_fillMs[traits.Model], _homeStayMinMs) && TrySupply(traits, ref full, CapacityWh(traits)))
                return true;
        }
        full = default;
        return false;
    }

    /// <summary>The tour that the vehicle would like to make on a day, energies still open; the same whatever else happens.</summary>
    private bool TryPlan(ulong key, in VehicleTraits traits, int day, out Tour tour)
    {
        tour = default;
        BlockSampler sampler = traits.Away == PlaceKind.Work ? _work : _outing;
        var random = CounterRandom.OfDay(key, day);
        if (random.NextUniform() >= sampler.Probability(day)) return false;
        (int startSecond, int durationSeconds) = sampler.Draw(ref random, LongestRedraw);
        // A trip that would have to begin before midnight begins at midnight and moves the block: a tour belongs to one day.
        int departSecond = Math.Max(0, startSecond - traits.TripSeconds);
        tour.Day = day;
        tour.DepartMs = _clock.StartMs(day) + departSecond * 1000L;
        tour.LeaveAfterSeconds = traits.TripSeconds + durationSeconds;
        return true;
    }

    private bool TrySupply(in VehicleTraits traits, ref Tour tour, int departWh)
    {
        tour.DepartWh = departWh;
        tour.LeaveWh = departWh - traits.TripWh;
        if (tour.LeaveWh < 0) return false;
        if (traits.PlugsInAway) tour.LeaveWh = Charged(traits, tour.LeaveWh, 1000L * (tour.LeaveAfterSeconds - traits.TripSeconds));
        return tour.LeaveWh >= traits.TripWh;
    }
}
