using Movc.Domain.Charging;
using Movc.Domain.Dispatch;
using Movc.Domain.Metrics;
using Movc.Domain.Threads;
using Movc.Studies.Dispatch;
using Movc.Studies.Weeks;

namespace Movc.Studies.Points;

/// <summary>What a plan does to the vehicles that take part: every schedule of it, walked through its stays. Powers kW, energies kWh, of the vehicles simulated.</summary>
internal sealed class DispatchFacts
{
    private const int Bins = 20;

    /// <summary>Full energy but for what rounding to whole Wh and the solver's units take.</summary>
    private const double Full = 1 - 1e-6;

    /// <summary>What rounding to whole Wh and W may come to, kWh and kW.</summary>
    private const double Tolerance = 0.002;

    private readonly int _slots;

    private DispatchFacts(int slots, int districts)
    {
        _slots = slots;
        ChargingKw = new double[slots];
        DischargingKw = new double[slots];
        StoredKwh = new double[slots];
        StoredChargeOnlyKwh = new double[slots];
        DistrictKw = [.. Enumerable.Range(0, districts).Select(_ => new double[slots])];
        Districts = new DistrictSums[districts];
    }

    public double[] ChargingKw { get; }

    public double[] DischargingKw { get; }

    /// <summary>Stored energy of staying vehicles that take part, at the beginning of each slot.</summary>
    public double[] StoredKwh { get; }

    /// <summary>The same under Charge Only.</summary>
    public double[] StoredChargeOnlyKwh { get; }

    /// <summary>Net power by district of the stay and slot, charging positive.</summary>
    public double[][] DistrictKw { get; }

    public DistrictSums[] Districts { get; }

    public long[] SatisfactionBins { get; } = new long[Bins];

    public long Departures { get; private set; }

    public long FullDepartures { get; private set; }

    public double SatisfactionSum { get; private set; }

    public double LowestSatisfaction { get; private set; } = 1;

    public double CompensationRmb { get; private set; }

    /// <summary>Limits that the schedules break: power, battery, need at a departure, floor at the end. A plan has none.</summary>
    public long Violations { get; private set; }

    /// <summary>By vehicle of the instance.</summary>
    public double[] DischargedKwh { get; private set; } = [];

    /// <summary>By vehicle of the instance.</summary>
    public double[] DegradationRmb { get; private set; } = [];

    /// <summary>By vehicle of the instance, under Charge Only.</summary>
    public double[] DegradationChargeOnlyRmb { get; private set; } = [];

    /// <summary>Walks all schedules.</summary>
    /// <param name="problem">The problem.</param>
    /// <param name="schedules">Of its plan.</param>
    /// <param name="districts">How many the city has.</param>
    /// <param name="threads">0 = all processors; the sums are the same for any number.</param>
    /// <param name="cancellationToken">Ends the job.</param>
    public static DispatchFacts Of(WeekProblem problem, IScheduleSource schedules, int districts, int threads, CancellationToken cancellationToken)
    {
        int count = problem.Vehicle.Length;
        var all = new DispatchFacts(problem.Instance.SlotCount, districts)
        {
            DischargedKwh = new double[count],
            DegradationRmb = new double[count],
            DegradationChargeOnlyRmb = new double[count],
        };
        // The vehicles of the instance by the part of the week that they are in.
        IReadOnlyList<WeekPart> parts = problem.Week.Parts;
        int[] first = [.. parts.Select(p => LowerBound(problem.Vehicle, p.FirstVehicle)), count];
        OrderedParallel.Run(
            parts.Count, () => (Power: new double[problem.Instance.SlotCount], Session: new double[problem.Instance.SlotCount]),
            (p, room) =>
            {
                var sums = new DispatchFacts(all._slots, districts);
                for (int i = first[p]; i < first[p + 1]; i++)
                {
                    schedules.Expand(i, room.Power);
                    sums.Add(problem, all, i, parts[p], room.Power, room.Session);
                }
                return sums;
            },
            all.Merge, threads, cancellationToken);
        return all;
    }

    private void Add(WeekProblem problem, DispatchFacts perVehicle, int i, WeekPart part, ReadOnlySpan<double> powerKw, double[] session)
    {
        DispatchInstance x = problem.Instance;
        int index = problem.Vehicle[i] - part.FirstVehicle;
        ref readonly WeekVehicle vehicle = ref part.Vehicles[index];
        ReadOnlySpan<WeekStay> stays = part.StaysOf(index);
        double capacity = x.CapacityWh[i] / 1000.0, energy = x.InitialWh[i] / 1000.0, own = energy, discharged = 0;
        var wear = new DegradationPath(capacity, energy);
        var ownWear = new DegradationPath(capacity, own);
        double satisfied = 0;
        int departures = 0;
        for (int k = 0; k < stays.Length; k++)
        {
            int s = x.StayOffset[i] + k;
            double[] district = DistrictKw[stays[k].District];
            double chargeLimit = (x.MaxChargeW[s] / 1000.0) + Tolerance, dischargeLimit = (x.MaxDischargeW[s] / 1000.0) + Tolerance;
            ref DistrictSums there = ref Districts[stays[k].District];
            for (int t = x.StartSlot[s]; t < x.EndSlot[s]; t++)
            {
                double kw = powerKw[t];
                StoredKwh[t] += energy;
                if (kw == 0) continue;
                district[t] += kw;
                double kwh = kw * x.SlotHours;
                if (kw > 0)
                {
                    ChargingKw[t] += kw;
                    there.ChargedKwh += kwh;
                    energy += x.Efficiency * kwh;
                }
                else
                {
                    DischargingKw[t] -= kw;
                    there.DischargedKwh -= kwh;
                    discharged -= kwh;
                    energy += kwh / x.Efficiency;
                }
                wear.To(energy);
                if (kw > chargeLimit || -kw > dischargeLimit || energy < -Tolerance || energy > capacity + Tolerance) Violations++;
            }
            if (energy < (x.NeededAtDepartureWh[s] / 1000.0) - Tolerance) Violations++;
            if (stays[k].Mode == ChargingMode.Park) AddTo(StoredChargeOnlyKwh.AsSpan(x.StartSlot[s]..x.EndSlot[s]), own);
            else ChargeOnly.AddStored(problem.Week, vehicle, stays[k], own, session, StoredChargeOnlyKwh);
            own += stays[k].StoredWh / 1000.0;
            ownWear.To(own);
            if (stays[k].EndSlot > _slots) continue;
            double satisfaction = Satisfaction.Of(energy, own);
            departures++;
            satisfied += satisfaction;
            SatisfactionBins[Math.Min(Bins - 1, (int)(satisfaction * Bins))]++;
            if (satisfaction >= Full) FullDepartures++;
            LowestSatisfaction = Math.Min(LowestSatisfaction, satisfaction);
            energy -= stays[k].TripWh / 1000.0;
            own -= stays[k].TripWh / 1000.0;
            wear.To(energy);
            ownWear.To(own);
        }
        if (energy < (x.FinalMinWh[i] / 1000.0) - Tolerance) Violations++;
        double compensation = discharged * problem.Options.Willingness.CompensationRmbPerKwh(problem.Strategy[i]);
        ref DistrictSums home = ref Districts[vehicle.HomeDistrict];
        home.TakePart++;
        home.CompensationRmb += compensation;
        home.SatisfactionSum += satisfied;
        home.Departures += departures;
        CompensationRmb += compensation;
        SatisfactionSum += satisfied;
        Departures += departures;
        perVehicle.DischargedKwh[i] = discharged;
        perVehicle.DegradationRmb[i] = wear.CostRmb;
        perVehicle.DegradationChargeOnlyRmb[i] = ownWear.CostRmb;
    }

    private void Merge(DispatchFacts part)
    {
        for (int t = 0; t < _slots; t++)
        {
            ChargingKw[t] += part.ChargingKw[t];
            DischargingKw[t] += part.DischargingKw[t];
            StoredKwh[t] += part.StoredKwh[t];
            StoredChargeOnlyKwh[t] += part.StoredChargeOnlyKwh[t];
        }
        for (int d = 0; d < Districts.Length; d++)
        {
            Districts[d].Add(part.Districts[d]);
            for (int t = 0; t < _slots; t++) DistrictKw[d][t] += part.DistrictKw[d][t];
        }
        for (int b = 0; b < Bins; b++) SatisfactionBins[b] += part.SatisfactionBins[b];
        Departures += part.Departures;
        FullDepartures += part.FullDepartures;
        SatisfactionSum += part.SatisfactionSum;
        LowestSatisfaction = Math.Min(LowestSatisfaction, part.LowestSatisfaction);
        CompensationRmb += part.CompensationRmb;
        Violations += part.Violations;
    }

    private static void AddTo(Span<double> values, double value)
    {
        foreach (ref double v in values) v += value;
    }

    private static int LowerBound(int[] sorted, int value)
    {
        int at = Array.BinarySearch(sorted, value);
        return at >= 0 ? at : ~at;
    }
}
