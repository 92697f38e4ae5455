using Movc.Domain;
using Movc.Domain.Fleet;
using Movc.Domain.Time;
using Movc.RollingOptimizer.Forecast;
using Movc.RollingOptimizer.Plans;

namespace Movc.Studies.Regret;

/// <summary>
/// What a city drew in a period that is over and what its plans reckoned with, as they are stored, in proportion to the vehicles that are
/// looked at. What plans foresaw of the load stands in them; what they foresaw of vehicles is foreseen again from the same past.
/// </summary>
public sealed class PastCity
{
    private readonly ICityCalendar _calendar;
    private readonly Dictionary<long, RealizedSlot> _realized;
    private readonly PlanHead[] _heads;
    private readonly HorizonForecast[] _foreseen;
    private readonly double _share;
    private readonly double[] _asItWasKw;
    private readonly double[] _netKw;

    /// <param name="fleet">The vehicles that are looked at.</param>
    /// <param name="realized">All that is stored of the city, oldest first; the period whole, with the willing vehicles' part.</param>
    /// <param name="heads">The period's plans, one an interval; the one before it too, where there is one.</param>
    /// <param name="calendar">City time.</param>
    /// <exception cref="InputException">A plan is missing.</exception>
    public PastCity(IPastFleet fleet, IReadOnlyList<RealizedSlot> realized, IReadOnlyList<PlanHead> heads, ICityCalendar calendar)
    {
        ArgumentNullException.ThrowIfNull(fleet);
        _calendar = calendar;
        _share = (double)fleet.Vehicles / fleet.AllVehicles;
        FromMs = fleet.FromMs;
        _realized = realized.ToDictionary(r => r.AtMs);
        Before = heads.FirstOrDefault(h => AtMs(h) < FromMs);
        _heads = new PlanHead[fleet.Slots];
        foreach (PlanHead head in heads.Where(h => AtMs(h) >= FromMs && AtMs(h) < FromMs + (fleet.Slots * Slots.Ms))) _heads[(AtMs(head) - FromMs) / Slots.Ms] = head;
        if (Array.FindIndex(_heads, h => h is null) is >= 0 and var missing)
            throw new InputException($"no plan is stored of the interval at {DateTimeOffset.FromUnixTimeMilliseconds(FromMs + (missing * Slots.Ms)):yyyy-MM-dd HH:mm}Z; give a period without it");
        _foreseen = Foreseen(realized);
        (_asItWasKw, _netKw, ChargeOnlyKw, OriginalKw) = (new double[fleet.Slots], new double[fleet.Slots], new double[fleet.Slots], new double[fleet.Slots]);
        PastRun was = fleet.AsItWas;
        for (int t = 0; t < fleet.Slots; t++)
        {
            RealizedSlot slot = _realized[FromMs + (t * Slots.Ms)];
            WillingSlot willing = slot.Willing ?? throw new InputException($"the interval at {DateTimeOffset.FromUnixTimeMilliseconds(slot.AtMs):yyyy-MM-dd HH:mm}Z is from an earlier version, which did not store what regret needs");
            // Of the whole city these are its curves themselves, and of some vehicles theirs on their share of the rest.
            _netKw[t] = was.ChargedKw[t] - was.DischargedKw[t];
            _asItWasKw[t] = (_share * slot.AfterKw) + (_netKw[t] - (_share * willing.NetKw));
            OriginalKw[t] = _share * slot.OriginalKw;
            ChargeOnlyKw[t] = (_share * slot.ChargeOnlyKw) + (was.ChargeOnlyKw[t] - (_share * willing.ChargeOnlyKw));
        }
    }

    /// <summary>Start of the period, Unix milliseconds UTC.</summary>
    public long FromMs { get; }

    /// <summary>The plan before the period; null = it begins with the city's first.</summary>
    public PlanHead? Before { get; }

    /// <summary>The load without private EVs, kW per slot.</summary>
    public double[] OriginalKw { get; }

    /// <summary>The load with every vehicle charging on its own, kW per slot.</summary>
    public double[] ChargeOnlyKw { get; }

    /// <summary>Calendar day of each slot, 0 for the first.</summary>
    public int[] DayOfSlot => [.. Enumerable.Range(0, _heads.Length).Select(t => _calendar.DayNumber(FromMs + (t * Slots.Ms)) - _calendar.DayNumber(FromMs))];

    /// <summary>The plan of an interval.</summary>
    public PlanHead Plan(int slot) => _heads[slot];

    /// <summary>What the plan of an interval reckoned with, or what came in its place where that is to be known and is stored.</summary>
    /// <param name="slot">The interval.</param>
    /// <param name="rung">What is known.</param>
    internal HorizonForecast Forecast(int slot, RegretRung rung)
    {
        HorizonForecast foreseen = _foreseen[slot];
        long fromMs = FromMs + (slot * Slots.Ms);
        double[] original = rung.KnowsLoad ? Came(fromMs, foreseen.OriginalKw, foreseen.Slots, r => r.OriginalKw)! : foreseen.OriginalKw;
        double[]? others = rung.KnowsLoad ? Came(fromMs, foreseen.OthersKw, foreseen.Slots, r => r.OthersKw) : foreseen.OthersKw;
        double[]? willing = rung.KnowsStays ? Came(fromMs, foreseen.WillingChargeOnlyKw, foreseen.Slots, r => r.Willing?.ChargeOnlyKw) : foreseen.WillingChargeOnlyKw;
        return new HorizonForecast(Scaled(original)!, Scaled(others), Scaled(willing));
    }

    /// <summary>Load after dispatch of an interval in which the willing vehicles draw a mean power, kW, charging positive.</summary>
    internal double AfterKw(int slot, double netKw) => _asItWasKw[slot] + (netKw - _netKw[slot]);

    /// <summary>Load after dispatch of the calendar day's slots before an interval, as far back as it is known without a hole, kW, oldest first.</summary>
    /// <param name="slot">The interval.</param>
    /// <param name="afterKw">The period's slots before it, as they went now.</param>
    internal double[] PastOfDay(int slot, double[] afterKw)
    {
        var past = new List<double>();
        int today = _calendar.DayNumber(FromMs + (slot * Slots.Ms));
        for (int t = slot - 1; _calendar.DayNumber(FromMs + (t * Slots.Ms)) == today; t--)
        {
            if (t >= 0) past.Add(afterKw[t]);
            else if (_realized.TryGetValue(FromMs + (t * Slots.Ms), out RealizedSlot before)) past.Add(_share * before.AfterKw);
            else break;
        }
        past.Reverse();
        return [.. past];
    }

    private HorizonForecast[] Foreseen(IReadOnlyList<RealizedSlot> realized)
    {
        var city = new LearnedCity(() => new LearningForecaster(Slots.Ms, _calendar, FleetOutlook.Slots));
        var foreseen = new HorizonForecast[_heads.Length];
        int next = 0;
        for (int slot = 0; slot < foreseen.Length; slot++)
        {
            long atMs = FromMs + (slot * Slots.Ms);
            while (next < realized.Count && realized[next].AtMs < atMs)
            {
                RealizedSlot before = realized[next++];
                city.Observe(in before);
            }
            double[] original = [.. _heads[slot].View.Horizon.OriginalKw];
            HorizonForecast? learned = next > 0 ? city.Forecast(atMs, original.Length) : null;
            foreseen[slot] = new HorizonForecast(original, learned?.OthersKw, learned?.WillingChargeOnlyKw);
        }
        return foreseen;
    }

    /// <summary>What came, slot by slot, 0 or more: what was got by taking away has dust; where the record ends what was foreseen, or the same time a day before.</summary>
    private double[]? Came(long fromMs, double[]? foreseen, int slots, Func<RealizedSlot, double?> of)
    {
        var kw = new double[slots];
        for (int t = 0; t < slots; t++)
        {
            if (_realized.TryGetValue(fromMs + (t * Slots.Ms), out RealizedSlot slot) && of(slot) is { } came) kw[t] = Math.Max(0, came);
            else if (foreseen is not null) kw[t] = foreseen[t];
            else if (t >= Slots.PerDay) kw[t] = kw[t - Slots.PerDay];
            else if (_realized.TryGetValue(fromMs + ((t - Slots.PerDay) * Slots.Ms), out RealizedSlot dayBefore) && of(dayBefore) is { } then) kw[t] = Math.Max(0, then);
            else if (t > 0) kw[t] = kw[t - 1];
            else return null;
        }
        return kw;
    }

    private double[]? Scaled(double[]? kw) => kw is null ? null : Array.ConvertAll(kw, v => _share * v);

    private static long AtMs(PlanHead head) => head.View.At.ToUnixTimeMilliseconds();
}
