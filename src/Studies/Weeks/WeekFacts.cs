using Movc.Domain.Metrics;
using Movc.Domain.Threads;
using Movc.Domain.Time;
using Movc.Studies.Dispatch;

namespace Movc.Studies.Weeks;

/// <summary>Curves of a whole fleet under Charge Only, whoever takes part in what: means over the whole fleet of what its staying vehicles hold, kWh per vehicle and slot.</summary>
/// <param name="StoredKwh">Stored energy at the beginning of each slot.</param>
/// <param name="ChargingPotentialKwh">MOVC Eq. 38.</param>
/// <param name="DischargingPotentialKwh">MOVC Eq. 39.</param>
public sealed record WeekFacts(double[] StoredKwh, double[] ChargingPotentialKwh, double[] DischargingPotentialKwh)
{
    /// <summary>Sums up a week.</summary>
    /// <param name="week">The week.</param>
    /// <param name="threads">0 = all processors; the sums are the same for any number.</param>
    /// <param name="cancellationToken">Ends the job.</param>
    public static WeekFacts Of(SimulatedWeek week, int threads, CancellationToken cancellationToken)
    {
        var all = new WeekFacts(new double[week.Slots], new double[week.Slots], new double[week.Slots]);
        OrderedParallel.Run(
            week.Parts.Count, () => new double[week.Slots], (p, session) => OfPart(week, week.Parts[p], session), part => all.Add(part), threads, cancellationToken);
        foreach (double[] curve in (double[][])[all.StoredKwh, all.ChargingPotentialKwh, all.DischargingPotentialKwh])
        {
            for (int t = 0; t < curve.Length; t++) curve[t] /= week.Settings.Vehicles;
        }
        return all;
    }

    private void Add(WeekFacts part)
    {
        for (int t = 0; t < StoredKwh.Length; t++)
        {
            StoredKwh[t] += part.StoredKwh[t];
            ChargingPotentialKwh[t] += part.ChargingPotentialKwh[t];
            DischargingPotentialKwh[t] += part.DischargingPotentialKwh[t];
        }
    }

    /// <param name="week">The week.</param>
    /// <param name="part">Whose sums.</param>
    /// <param name="session">Room for one session, a value a slot.</param>
    private static WeekFacts OfPart(SimulatedWeek week, WeekPart part, double[] session)
    {
        // What is constant during a stay is added at its first slot and taken away at its end; the running sums come last.
        var facts = new WeekFacts(new double[week.Slots], new double[week.Slots + 1], new double[week.Slots + 1]);
        var parked = new double[week.Slots + 1];
        for (int i = 0; i < part.Vehicles.Length; i++)
        {
            WeekVehicle vehicle = part.Vehicles[i];
            double energy = vehicle.InitialWh / 1000.0, capacity = week.CapacityWh[vehicle.Model] / 1000.0;
            foreach (ref readonly WeekStay stay in part.StaysOf(i))
            {
                int from = Math.Max(0, stay.StartSlot), to = Math.Min(week.Slots, stay.EndSlot);
                int powerW = week.SessionW(vehicle, stay);
                double depart = energy + (stay.StoredWh / 1000.0);
                double arrive = stay.StartSlot < 0 ? ArrivedWith(stay, depart) : energy;
                double kw = (powerW > 0 ? powerW : week.SlowW[vehicle.Model]) / 1000.0, hours = Slots.Hours * Math.Min(stay.EndSlot - stay.StartSlot, LongestSlots);
                AddStep(facts.ChargingPotentialKwh, from, to, FlexibilityPotential.ChargingKwh(arrive, capacity, kw, hours));
                AddStep(facts.DischargingPotentialKwh, from, to, FlexibilityPotential.DischargingKwh(arrive, Math.Min(stay.Need24Wh / 1000.0, depart), kw, hours));
                if (powerW == 0) AddStep(parked, from, to, energy);
                else ChargeOnly.AddStored(week, vehicle, stay, energy, session, facts.StoredKwh);
                energy = depart - (stay.TripWh / 1000.0);
            }
        }
        double sumCharging = 0, sumDischarging = 0, sumParked = 0;
        for (int t = 0; t < week.Slots; t++)
        {
            facts.ChargingPotentialKwh[t] = sumCharging += facts.ChargingPotentialKwh[t];
            facts.DischargingPotentialKwh[t] = sumDischarging += facts.DischargingPotentialKwh[t];
            facts.StoredKwh[t] += sumParked += parked[t];
        }
        return facts;
    }

    /// <summary>Longest stay that a potential looks at: five weeks fill any battery.</summary>
    private const int LongestSlots = 5 * 7 * Slots.PerDay;

    /// <summary>What a vehicle arrived with before the week, kWh: what it leaves with less the whole session, as far as that was before its end.</summary>
    private static double ArrivedWith(in WeekStay stay, double departKwh) => Math.Max(0, departKwh - stay.SessionKwh);

    private static void AddStep(double[] steps, int from, int to, double value)
    {
        steps[from] += value;
        steps[to] -= value;
    }
}
