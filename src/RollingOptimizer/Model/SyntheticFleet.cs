using Movc.Domain.Dispatch;
using Movc.RollingOptimizer.Solver;

namespace Movc.RollingOptimizer.Model;

/// <summary>
/// Seeded dispatch problems for tests and benchmarks: vehicles that commute, with needs, trips and final floors taken from their own
/// Charge Only path, so that Charge Only is feasible. Every figure here is an estimate for trying the solver [G], not the city's model.
/// </summary>
public static class SyntheticFleet
{
    // Capacity Wh, slow power W, share in percent [G, after the 2022 sales ranking].
    private static readonly (int CapacityWh, int PowerW, int Percent)[] Models =
    [
        (60_000, 7_000, 22), (57_000, 7_000, 12), (58_800, 6_600, 10), (76_900, 7_000, 9), (55_000, 7_000, 9), (44_900, 7_000, 9),
        (43_000, 7_000, 7), (71_700, 7_000, 6), (63_000, 7_000, 6), (75_000, 7_000, 5), (84_000, 7_000, 3), (26_500, 3_300, 2),
    ];

    // A summer workday of a southern city by hour, mean 1 [P, modelled].
    private static readonly double[] HourShape =
    [
        .952, .909, .873, .845, .808, .791, .783, .797, .894, 1.062, 1.114, 1.148,
        1.069, 1.048, 1.145, 1.166, 1.165, 1.151, 1.046, 1.049, 1.060, 1.056, 1.046, 1.022,
    ];

    private const int SlotsPerDay = 144;
    private const double MeanLoadKwPerVehicle = 28.3;
    private const double QuickChargeShare = .05;
    private const double SmartOnlyShare = .1;
    private const int QuickPowerW = 60_000;
    private const double MeanTripKm = 11;
    private const double SpeedKmh = 21;
    private const double WhPerKm = 172;

    /// <summary>All stays over the horizon, of homes, workplaces and others; a few at quick chargers, a few without discharge.</summary>
    /// <param name="slots">10-minute slots from midnight.</param>
    public static DispatchInstance Mixed(int vehicles, int slots, ulong seed) => Build(vehicles, slots, seed, onlyPresentStay: false);

    /// <summary>The live case: only the stay in which each vehicle stands at slot 0 is known; some are on the road and have none.</summary>
    /// <param name="slots">10-minute slots from midnight.</param>
    public static DispatchInstance OneStay(int vehicles, int slots, ulong seed) => Build(vehicles, slots, seed, onlyPresentStay: true);

    private static DispatchInstance Build(int vehicles, int slots, ulong seed, bool onlyPresentStay)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(vehicles);
        ArgumentOutOfRangeException.ThrowIfLessThan(slots, 1);
        var random = new SplitMix64(seed);
        int[] capacity = new int[vehicles], initial = new int[vehicles], final = new int[vehicles], offset = new int[vehicles + 1];
        var stays = new StayList();
        var baselineW = new double[slots];
        var trips = new List<(int Depart, int Arrive, int Wh, bool ToHome)>();
        for (int i = 0; i < vehicles; i++)
        {
            (capacity[i], int powerW) = DrawModel(ref random);
            initial[i] = (int)(capacity[i] * (.35 + .6 * random.NextUnit()));
            DrawTrips(trips, slots, ref random);
            final[i] = AddStays(stays, trips, slots, capacity[i], initial[i], powerW, onlyPresentStay, baselineW, ref random);
            offset[i + 1] = stays.Count;
        }
        double[] load = new double[slots];
        for (int t = 0; t < slots; t++)
        {
            double hour = t % SlotsPerDay / 6.0;
            int whole = (int)hour;
            double shape = HourShape[whole] + (hour - whole) * (HourShape[(whole + 1) % 24] - HourShape[whole]);
            double weekend = t / SlotsPerDay % 7 >= 5 ? .9 : 1;
            load[t] = Math.Round(vehicles * MeanLoadKwPerVehicle * weekend * shape * (1 + .004 * (random.NextUnit() - .5)), 3);
        }
        return new DispatchInstance
        {
            CapacityWh = capacity,
            InitialWh = initial,
            FinalMinWh = final,
            StayOffset = offset,
            StartSlot = [.. stays.Start],
            EndSlot = [.. stays.End],
            MaxChargeW = [.. stays.ChargeW],
            MaxDischargeW = [.. stays.DischargeW],
            NeededAtDepartureWh = [.. stays.NeededWh],
            TripWhAfter = [.. stays.TripWh],
            LoadKw = load,
            BaselineEvKw = Array.ConvertAll(baselineW, w => w / 1000),
            DayOfSlot = [.. Enumerable.Range(0, slots).Select(t => t / SlotsPerDay)],
        };
    }

    private static (int CapacityWh, int PowerW) DrawModel(ref SplitMix64 random)
    {
        int draw = random.NextInt(100);
        foreach ((int capacityWh, int powerW, int percent) in Models)
        {
            if (draw < percent) return (capacityWh, powerW);
            draw -= percent;
        }
        return (Models[^1].CapacityWh, Models[^1].PowerW);
    }

    private static void DrawTrips(List<(int Depart, int Arrive, int Wh, bool ToHome)> trips, int slots, ref SplitMix64 random)
    {
        trips.Clear();
        bool commutes = random.NextUnit() < .7;
        int free = 1;
        for (int day = 0; day * SlotsPerDay < slots; day++)
        {
            bool works = commutes && random.NextUnit() < (day % 7 >= 5 ? .35 : .83);
            int out1 = day * SlotsPerDay + (works ? 42 + Bell(18, ref random) : 50 + Bell(60, ref random));
            int back = out1 + (works ? 48 + Bell(18, ref random) : 6 + Bell(30, ref random));
            if (!works && random.NextUnit() < .35) continue;
            int middle = works && random.NextUnit() < .3 ? back + 3 + random.NextInt(15) : -1;
            free = AddTrip(trips, free, out1, toHome: false, ref random);
            free = AddTrip(trips, free, back, toHome: middle < 0, ref random);
            if (middle >= 0) free = AddTrip(trips, free, middle, toHome: true, ref random);
            if (trips[^1].Depart >= slots) break;
        }
    }

    private static int Bell(int width, ref SplitMix64 random) => (int)(width * (random.NextUnit() + random.NextUnit()) / 2);

    private static int AddTrip(List<(int Depart, int Arrive, int Wh, bool ToHome)> trips, int free, int depart, bool toHome, ref SplitMix64 random)
    {
        depart = Math.Max(depart, free);
        double km = -MeanTripKm * Math.Log(1 - .98 * random.NextUnit());
        int arrive = depart + Math.Max(1, (int)Math.Round(6 * km / SpeedKmh));
        trips.Add((depart, arrive, (int)(km * WhPerKm), toHome));
        return arrive + 1;
    }

    /// <summary>Walks the Charge Only path (at once, at home only) and adds the stays it passes; gives its final energy, Wh.</summary>
    private static int AddStays(
        StayList stays, List<(int Depart, int Arrive, int Wh, bool ToHome)> trips, int slots, int capacityWh, int initialWh,
        int powerW, bool onlyPresentStay, double[] baselineW, ref SplitMix64 random)
    {
        double energyWh = initialWh;
        int from = 0;
        bool home = true;
        for (int k = 0; k <= trips.Count && from < slots; k++)
        {
            bool cut = k == trips.Count || trips[k].Depart >= slots;
            int to = cut ? slots : trips[k].Depart;
            if (home)
            {
                for (int t = from; t < to && energyWh < capacityWh; t++)
                {
                    double storedWh = Math.Min(.9 * powerW / 6, capacityWh - energyWh);
                    energyWh += storedWh;
                    baselineW[t] += storedWh * 6 / .9;
                }
            }
            int tripWh = cut ? 0 : (int)Math.Min(trips[k].Wh, energyWh);
            int neededWh = cut ? 0 : Math.Min((int)energyWh, Math.Max(tripWh, Ahead(trips, k)));
            bool quick = !home && random.NextUnit() < QuickChargeShare;
            bool smartOnly = random.NextUnit() < SmartOnlyShare;
            int stayPowerW = quick ? QuickPowerW : powerW;
            stays.Add(from, to, stayPowerW, smartOnly ? 0 : stayPowerW, neededWh, tripWh);
            energyWh -= tripWh;
            if (cut || onlyPresentStay) break;
            from = trips[k].Arrive;
            home = trips[k].ToHome;
        }
        return (int)energyWh;
    }

    /// <summary>Energy of the trips that leave within a day of trip k's departure, up to the return home, Wh.</summary>
    private static int Ahead(List<(int Depart, int Arrive, int Wh, bool ToHome)> trips, int k)
    {
        int sum = 0;
        for (int j = k; j < trips.Count && trips[j].Depart < trips[k].Depart + SlotsPerDay; j++)
        {
            sum += trips[j].Wh;
            if (trips[j].ToHome) break;
        }
        return sum;
    }

    private sealed class StayList
    {
        public List<int> Start { get; } = [];

        public List<int> End { get; } = [];

        public List<int> ChargeW { get; } = [];

        public List<int> DischargeW { get; } = [];

        public List<int> NeededWh { get; } = [];

        public List<int> TripWh { get; } = [];

        public int Count => Start.Count;

        public void Add(int start, int end, int chargeW, int dischargeW, int neededWh, int tripWh)
        {
            Start.Add(start);
            End.Add(end);
            ChargeW.Add(chargeW);
            DischargeW.Add(dischargeW);
            NeededWh.Add(neededWh);
            TripWh.Add(tripWh);
        }
    }
}
