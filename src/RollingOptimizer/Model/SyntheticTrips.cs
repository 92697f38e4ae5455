using Movc.VehicleKernel.Bundles;

namespace Movc.RollingOptimizer.Model;

/// <summary>The trips of one vehicle after another, by profile: 2.7 a day in the mixed fleet (model.md §3, its own run 2.59).</summary>
internal static class SyntheticTrips
{
    public const int SlotsPerDay = 144;

    // model.md §3: 70.8 % of vehicles with a home have a workplace [S]; work on 82.9 % of weekdays and 35.4 % of weekend days [P].
    private const double CommuterShare = .708;
    private const double WeekdayWork = .829;
    private const double WeekendWork = .354;

    // Stops besides work [G], set so that a vehicle makes about 2.7 trips a day.
    private const double StopOnTheWayHome = .35;
    private const double EveningTour = .2;
    private const double StayAtHome = .12;
    private const double SecondStop = .4;
    private const double SecondTour = .3;

    // Crow-fly means, km, times a vehicle's own factor exp(1.2 z) [G, model.md §3]; detour, speed [G]; 17.2 kWh/100 km.
    private const double MeanWorkKm = 7;
    private const double MeanOtherKm = 5.5;
    private const double Detour = 1.35;
    private const double SpeedKmh = 21;
    private const double WhPerKm = 172;
    private static readonly double[] Groups = [-.75, -.55, -.25, .4, 1.25];

    private const int HostileDepartSlot = 45;
    private const int HostileArriveSlot = 108;

    public static void Draw(List<SyntheticTrip> trips, FleetProfile profile, int slots, ref SplitMix64 random)
    {
        trips.Clear();
        double reach = Detour * Math.Exp(1.2 * Groups[random.NextInt(Groups.Length)]);
        double workKm = Km(MeanWorkKm * reach, ref random);
        bool commutes = profile == FleetProfile.Commuters || random.NextUnit() < CommuterShare;
        for (int day = 0; day * SlotsPerDay < slots; day++)
        {
            bool works = commutes && random.NextUnit() < (day % 7 >= 5 ? WeekendWork : WeekdayWork);
            int midnight = day * SlotsPerDay;
            if (profile == FleetProfile.Hostile) TogetherDay(trips, midnight, Km(MeanOtherKm * reach, ref random));
            else if (works) WorkDay(trips, midnight, workKm, reach, profile == FleetProfile.Commuters, ref random);
            else if (profile != FleetProfile.Commuters && random.NextUnit() >= StayAtHome) FreeDay(trips, midnight, reach, ref random);
            if (trips.Count > 0 && trips[^1].Depart >= slots) return;
        }
    }

    private static void WorkDay(List<SyntheticTrip> trips, int midnight, double workKm, double reach, bool workOnly, ref SplitMix64 random)
    {
        int leave = midnight + 38 + Bell(22, ref random), back = leave + 46 + Bell(20, ref random);
        Add(trips, leave, workKm, toHome: false);
        if (!workOnly && random.NextUnit() < StopOnTheWayHome)
        {
            double km = Km(MeanOtherKm * reach, ref random);
            Add(trips, back, km, toHome: false);
            Add(trips, back + 5 + random.NextInt(14), (workKm + km) / 2, toHome: true);
        }
        else
        {
            Add(trips, back, workKm, toHome: true);
        }
        if (!workOnly && random.NextUnit() < EveningTour) Tour(trips, midnight + 114 + Bell(16, ref random), reach, ref random);
    }

    private static void FreeDay(List<SyntheticTrip> trips, int midnight, double reach, ref SplitMix64 random)
    {
        Tour(trips, midnight + 48 + Bell(48, ref random), reach, ref random);
        if (random.NextUnit() < SecondTour) Tour(trips, midnight + 96 + Bell(30, ref random), reach, ref random);
    }

    private static void Tour(List<SyntheticTrip> trips, int leave, double reach, ref SplitMix64 random)
    {
        double km = Km(MeanOtherKm * reach, ref random);
        Add(trips, leave, km, toHome: false);
        int next = trips[^1].Arrive + 4 + Bell(26, ref random);
        if (random.NextUnit() < SecondStop)
        {
            Add(trips, next, Km(MeanOtherKm * reach, ref random), toHome: false);
            next = trips[^1].Arrive + 3 + Bell(16, ref random);
        }
        Add(trips, next, km, toHome: true);
    }

    private static void TogetherDay(List<SyntheticTrip> trips, int midnight, double km)
    {
        Add(trips, midnight + HostileDepartSlot, km, toHome: false);
        // The way home ends in the one slot however long it is.
        int leave = Math.Max(trips[^1].Arrive + 1, midnight + HostileArriveSlot - Slots(km));
        trips.Add(new SyntheticTrip(leave, Math.Max(leave + 1, midnight + HostileArriveSlot), (int)(km * WhPerKm), ToHome: true));
    }

    private static void Add(List<SyntheticTrip> trips, int depart, double km, bool toHome)
    {
        if (trips.Count > 0) depart = Math.Max(depart, trips[^1].Arrive + 1);
        depart = Math.Max(depart, 1);
        trips.Add(new SyntheticTrip(depart, depart + Slots(km), (int)(km * WhPerKm), toHome));
    }

    private static int Slots(double km) => Math.Max(1, (int)Math.Round(6 * km / SpeedKmh));

    private static double Km(double mean, ref SplitMix64 random) => -mean * Math.Log(1 - (.98 * random.NextUnit()));

    private static int Bell(int width, ref SplitMix64 random) => (int)(width * (random.NextUnit() + random.NextUnit()) / 2);
}
