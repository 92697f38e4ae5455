using Movc.Domain.Events;
using SlotTime = Movc.Domain.Time.Slots;

namespace Movc.Domain.Charging;

/// <summary>The multinomial logit of MOVC Eqs. 3-10, with model.md §4's reading of what the paper misprints.</summary>
public sealed class LogitChargingChoice : IChargingChoice
{
    private const double StayFloor = -3;
    private readonly ChargingUtility _u;
    private readonly Tariff _tariff;
    private readonly double _efficiency;
    private readonly double _indifferentOdds;

    /// <param name="utility">The weights.</param>
    /// <param name="tariff">Prices.</param>
    /// <param name="efficiency">η, over 0, at most 1: a session stores η·P·Δt.</param>
    public LogitChargingChoice(ChargingUtility utility, Tariff tariff, double efficiency)
    {
        if (utility.IndifferentSoc is not (> 0 and < 1)) throw new ArgumentOutOfRangeException(nameof(utility), "B must lie inside (0, 1)");
        _u = utility;
        _tariff = tariff;
        _efficiency = efficiency;
        _indifferentOdds = 1 / utility.IndifferentSoc - 1;
    }

    /// <inheritdoc/>
    public bool WaitsForCheapest(PlaceKind place) => _u.CheapestAtHome && place == PlaceKind.Home;

    /// <inheritdoc/>
    public ChargingMode Choose(in ChargingSituation situation, double uniform)
    {
        (double park, double slow, double quick) = Weights(situation);
        double mark = uniform * (park + slow + quick);
        if (mark < quick) return ChargingMode.Quick;
        return park == 0 || mark < quick + slow ? ChargingMode.Slow : ChargingMode.Park;
    }

    /// <summary>Probability of each mode: exp(V) over the sum of exp(V) (MOVC Eq. 3).</summary>
    public (double Park, double Slow, double Quick) Probabilities(in ChargingSituation situation)
    {
        (double park, double slow, double quick) = Weights(situation);
        double sum = park + slow + quick;
        return (park / sum, slow / sum, quick / sum);
    }

    /// <summary>exp(V) of each mode. V(Park) = 0; a full battery can only park, and one that cannot make the next trips cannot.</summary>
    private (double Park, double Slow, double Quick) Weights(in ChargingSituation at)
    {
        double soc = at.EnergyKwh / at.CapacityKwh;
        if (soc >= 1) return (1, 0, 0);
        bool must = at.EnergyKwh <= at.NextTripsKwh;
        double common = _u.Constant + (must ? 0 : SocTerm(soc));
        double slow = Math.Exp(common + ModeTerms(at, soc, at.SlowKw) + StayTerm(at.Slots * SlotTime.Hours));
        double quick = at.QuickKw > 0 ? Math.Exp(common + ModeTerms(at, soc, at.QuickKw)) : 0;
        return (must ? 0 : 1, slow, quick);
    }

    /// <summary>β_SOC·ln((1 − s)/((1/B − 1)·s)), 0 at s = B (MOVC Eq. 5 prints B − 1, whose logarithm does not exist).</summary>
    private double SocTerm(double soc) => _u.Soc * Math.Log((1 - soc) / (_indifferentOdds * soc));

    /// <summary>Power, gain and cost of a mode (MOVC Eqs. 6-9); ΔSOC of the gain is without η, as printed.</summary>
    private double ModeTerms(in ChargingSituation at, double soc, double powerKw)
    {
        double gain = Math.Min(powerKw * at.Slots * SlotTime.Hours / at.CapacityKwh, 1 - soc);
        double value = _u.PowerPerKw * (powerKw - at.SlowKw) + _u.Gain * (1 - (gain - 1) * (gain - 1));
        return at.Place == PlaceKind.Home || _u.PublicAtHomePrice ? value : value - _u.CostPerRmb * Surcharge(at, powerKw);
    }

    /// <summary>Cost over the cost at home, RMB: Σ (public − home)·ΔE over the slots of a session that starts at once (Eq. 8 prints the stock of energy; it is the increment).</summary>
    private double Surcharge(in ChargingSituation at, double powerKw)
    {
        double perSlot = _efficiency * powerKw * SlotTime.Hours;
        double missing = at.CapacityKwh - at.EnergyKwh;
        int full = (int)Math.Min(at.Slots, missing / perSlot);
        double rest = full < at.Slots ? missing - full * perSlot : 0;
        int last = (at.SlotOfDay + full) % SlotTime.PerDay;
        return perSlot * _tariff.Surcharge(at.SlotOfDay, full) + rest * (_tariff.Public[last] - _tariff.Home[last]);
    }

    /// <summary>max(−.2·(T − 2)·(T − 10), −3): slow charging fits stays between 2 and 10 hours (MOVC Eq. 10).</summary>
    private static double StayTerm(double hours) => Math.Max(-0.2 * (hours - 2) * (hours - 10), StayFloor);
}
