using Movc.Domain.Dispatch;
using Movc.VehicleKernel.Bundles;

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

    private const double MeanLoadKwPerVehicle = 28.3;
    private const double QuickChargeShare = .05;
    private const double SmartOnlyShare = .1;
    private const int QuickPowerW = 60_000;
    private const int Kinds = 200;
    private const int ChunkVehicles = 2048;

    // Stretches the shape to the summer week's peak-to-valley ratio of .362 [S]; weekends .9 of the level, .85 of the amplitude [G].
    private const double Amplitude = 1.12;
    private const double WeekendLevel = .9;
    private const double WeekendAmplitude = .85;

    /// <summary>A fleet of a profile with all its stays over the horizon.</summary>
    /// <param name="slots">10-minute slots from midnight on a Monday.</param>
    public static DispatchInstance Create(FleetProfile profile, int vehicles, int slots, ulong seed) => Build(profile, vehicles, slots, seed, onlyPresentStay: false);

    /// <summary><see cref="FleetProfile.Mixed"/>: all stays over the horizon, of homes, workplaces and others.</summary>
    /// <param name="slots">10-minute slots from midnight on a Monday.</param>
    public static DispatchInstance Mixed(int vehicles, int slots, ulong seed) => Create(FleetProfile.Mixed, vehicles, slots, seed);

    /// <summary>The live case: only the stay in which each vehicle stands at slot 0 is known.</summary>
    /// <param name="slots">10-minute slots from midnight on a Monday.</param>
    public static DispatchInstance OneStay(int vehicles, int slots, ulong seed) => Build(FleetProfile.Mixed, vehicles, slots, seed, onlyPresentStay: true);

    private static DispatchInstance Build(FleetProfile profile, int vehicles, int slots, ulong seed, bool onlyPresentStay)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(vehicles);
        ArgumentOutOfRangeException.ThrowIfLessThan(slots, 1);
        // Drawn twice, first to count the stays: lists that grow would take three times the memory of the columns.
        var fleet = new SyntheticColumns(vehicles);
        var drawing = new Drawing(profile, vehicles, slots, seed, onlyPresentStay);
        InChunks(vehicles, (_, from, to) =>
        {
            var trips = new List<SyntheticTrip>();
            for (int i = from; i < to; i++)
            {
                DrawnVehicle vehicle = drawing.Vehicle(i, trips);
                fleet.StayOffset[i + 1] = CountStays(trips, slots, onlyPresentStay);
                (fleet.CapacityWh[i], fleet.InitialWh[i]) = (vehicle.CapacityWh, vehicle.InitialWh);
            }
        });
        fleet.PlaceStays();
        // Sums of fixed chunks in their order: the load does not depend on the number of processors.
        var baselineW = new double[(vehicles + ChunkVehicles - 1) / ChunkVehicles][];
        InChunks(vehicles, (chunk, from, to) =>
        {
            var trips = new List<SyntheticTrip>();
            baselineW[chunk] = new double[slots];
            for (int i = from; i < to; i++)
            {
                DrawnVehicle vehicle = drawing.Vehicle(i, trips);
                fleet.FinalMinWh[i] = AddStays(fleet, fleet.StayOffset[i], trips, slots, vehicle, onlyPresentStay, baselineW[chunk]);
            }
        });
        var noise = new SplitMix64(seed ^ 0x4C4F4144UL);
        double[] load = new double[slots], baselineKw = new double[slots];
        for (int t = 0; t < slots; t++)
        {
            double hour = t % SyntheticTrips.SlotsPerDay / 6.0;
            int whole = (int)hour;
            double shape = HourShape[whole] + (hour - whole) * (HourShape[(whole + 1) % 24] - HourShape[whole]);
            bool weekend = t / SyntheticTrips.SlotsPerDay % 7 >= 5;
            double level = (weekend ? WeekendLevel : 1) * (1 + (weekend ? WeekendAmplitude : 1) * Amplitude * (shape - 1));
            load[t] = Math.Round(vehicles * MeanLoadKwPerVehicle * level * (1 + .004 * (noise.NextUnit() - .5)), 3);
            foreach (double[] chunk in baselineW) baselineKw[t] += chunk[t] / 1000;
        }
        return fleet.Build(load, baselineKw, [.. Enumerable.Range(0, slots).Select(t => t / SyntheticTrips.SlotsPerDay)]);
    }

    private static void InChunks(int vehicles, Action<int, int, int> work) =>
        Parallel.For(0, (vehicles + ChunkVehicles - 1) / ChunkVehicles, chunk => work(chunk, chunk * ChunkVehicles, Math.Min(vehicles, (chunk + 1) * ChunkVehicles)));

    private static int CountStays(List<SyntheticTrip> trips, int slots, bool onlyPresentStay)
    {
        int count = 0, from = 0;
        for (int k = 0; k <= trips.Count && from < slots; k++)
        {
            count++;
            if (k == trips.Count || trips[k].Depart >= slots || onlyPresentStay) break;
            from = trips[k].Arrive;
        }
        return count;
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

    /// <summary>Walks the Charge Only path (at once, at home only) and adds the stays it passes; gives its final energy, Wh.</summary>
    private static int AddStays(
        SyntheticColumns fleet, int at, List<SyntheticTrip> trips, int slots, DrawnVehicle vehicle, bool onlyPresentStay, double[] baselineW)
    {
        (int capacityWh, int powerW) = (vehicle.CapacityWh, vehicle.PowerW);
        SplitMix64 random = vehicle.Random;
        double energyWh = vehicle.InitialWh;
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
                    // Slow, so that it also reaches what a quick charger reaches.
                    double storedWh = Math.Min(.9 * powerW / 6, capacityWh - energyWh);
                    energyWh += storedWh;
                    baselineW[t] += storedWh * 6 / .9;
                }
            }
            int tripWh = cut ? 0 : (int)Math.Min(trips[k].Wh, energyWh);
            int neededWh = cut ? 0 : Math.Min((int)energyWh, Math.Max(tripWh, Ahead(trips, k)));
            bool quick = random.NextUnit() < (vehicle.QuickShare >= 0 ? vehicle.QuickShare : home ? 0 : QuickChargeShare);
            bool smartOnly = random.NextUnit() < SmartOnlyShare;
            int stayPowerW = quick ? QuickPowerW : powerW;
            fleet.Stay(at++, from, to, stayPowerW, smartOnly ? 0 : stayPowerW, neededWh, tripWh);
            energyWh -= tripWh;
            if (cut || onlyPresentStay) break;
            from = trips[k].Arrive;
            home = trips[k].ToHome;
        }
        return (int)energyWh;
    }

    /// <summary>Energy of the trips that leave within a day of trip k's departure, up to the return home, Wh.</summary>
    private static int Ahead(List<SyntheticTrip> trips, int k)
    {
        int sum = 0;
        for (int j = k; j < trips.Count && trips[j].Depart < trips[k].Depart + SyntheticTrips.SlotsPerDay; j++)
        {
            sum += trips[j].Wh;
            if (trips[j].ToHome) break;
        }
        return sum;
    }

    /// <param name="QuickShare">Share of stays at quick charging; negative for the mixed fleet's, none at home.</param>
    /// <param name="Random">Its stream after its trips were drawn.</param>
    private readonly record struct DrawnVehicle(int CapacityWh, int PowerW, int InitialWh, double QuickShare, SplitMix64 Random);

    private sealed record Drawing(FleetProfile Profile, int Vehicles, int Slots, ulong Seed, bool OnlyPresentStay)
    {
        /// <summary>Draws a vehicle and its trips; the same each time it is asked for.</summary>
        public DrawnVehicle Vehicle(int i, List<SyntheticTrip> trips)
        {
            // Each kind has a stream of its own; of identical vehicles all are drawn from the same one, side by side.
            long kind = Profile == FleetProfile.Clustered ? (long)i * Kinds / Vehicles : i;
            var random = new SplitMix64(new SplitMix64(Seed + ((ulong)kind * 0xD1342543DE82EF95UL)).Next());
            (int capacityWh, int powerW) = DrawModel(ref random);
            int initialWh = (int)(capacityWh * (.35 + .6 * random.NextUnit()));
            SyntheticTrips.Draw(trips, Profile, Slots, ref random);
            double quick = Profile switch
            {
                FleetProfile.Commuters => 0,
                FleetProfile.Quick => 1,
                FleetProfile.Hostile => i % 2,
                _ => -1,
            };
            return new DrawnVehicle(capacityWh, powerW, initialWh, quick, random);
        }
    }
}
