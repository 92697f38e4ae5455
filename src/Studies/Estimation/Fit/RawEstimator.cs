using Movc.Domain.Events;
using Movc.Domain.Mobility;
using Movc.Domain.Threads;
using Movc.Domain.Time;
using Movc.Ingest.Simulation.People;
using Movc.Studies.Estimation.Input;
using Movc.Studies.Estimation.Places;
using Movc.Studies.Estimation.Stays;

namespace Movc.Studies.Estimation.Fit;

/// <summary>From records to parameters, in one go: stays, regions, labels, rates, rhythm, exploration, distances, work.</summary>
/// <param name="area">Where the city is.</param>
/// <param name="calendar">Its clock.</param>
/// <param name="rules">When records make a stay.</param>
/// <param name="start">Where iterations begin: a city's population.</param>
/// <param name="startBlocks">Where the mixture of work blocks begins.</param>
/// <param name="threads">0 = all processors; the result is the same for any number.</param>
internal sealed class RawEstimator(
    CityArea area, ICityCalendar calendar, StayRules rules, TimeGeoParameters start, IReadOnlyList<WorkBlockComponent> startBlocks, int threads)
{
    /// <summary>
    /// Fewest stays of a user who tells enough [G]. TimeGeo asks for 50, which its histograms of durations need; the likelihood of the chain
    /// does not, and a rule by stays leaves out just those who drive little.
    /// </summary>
    public const int FewestStays = 20;

    /// <summary>Shortest time from a user's first record to the last, days: TimeGeo's rule [P].</summary>
    public const double ShortestSpanDays = 14;

    private const int RhythmRounds = 3, Piece = 64;
    private const double DayMs = 86_400_000;

    /// <summary>Estimates.</summary>
    /// <param name="tracks">Records by user.</param>
    /// <param name="shape">α of the distances where it is known; null = estimated.</param>
    /// <param name="cancellationToken">Ends the job.</param>
    public RawEstimate Of(UserTracks tracks, double? shape, CancellationToken cancellationToken)
    {
        FoundStay[][] stays = Stays(tracks, cancellationToken);
        FoundRegions regions = FoundRegions.Of(area, stays.SelectMany(s => s));
        var histories = new List<UserHistory>();
        var leftOut = new SortedDictionary<UserFault, int>();
        OrderedParallel.Run(
            stays.Length, () => 0, (u, _) => HistoryBuilder.Of(u, stays[u], area, regions, calendar, DaysSeen(tracks, u), SpanDays(tracks, u)),
            history =>
            {
                if (FaultOf(history) is { } fault) leftOut[fault] = leftOut.GetValueOrDefault(fault) + 1;
                else histories.Add(history);
            },
            threads, cancellationToken);
        return Fit(regions, histories, leftOut, shape);
    }

    private FoundStay[][] Stays(UserTracks tracks, CancellationToken cancellationToken)
    {
        int users = tracks.Users.Count;
        var stays = new FoundStay[users][];
        OrderedParallel.Run(
            (users + Piece - 1) / Piece, () => (Detector: new StayDetector(rules), Found: new List<FoundStay>()),
            (p, room) =>
            {
                for (int u = p * Piece; u < Math.Min(users, (p + 1) * Piece); u++)
                {
                    room.Found.Clear();
                    room.Detector.Find(tracks, u, room.Found);
                    stays[u] = [.. room.Found];
                }
                return 0;
            },
            _ => { }, threads, cancellationToken);
        return stays;
    }

    private static UserFault? FaultOf(UserHistory history) =>
        history.Visits.Length < FewestStays ? UserFault.FewStays : history.SpanDays < ShortestSpanDays ? UserFault.ShortSpan : history.Home < 0 ? UserFault.NoHome : null;

    private RawEstimate Fit(FoundRegions regions, List<UserHistory> histories, IReadOnlyDictionary<UserFault, int> leftOut, double? shape)
    {
        (TravelRhythm with, double[] withWork) = (start.CommuterRhythm, HoursOf(start.CommuterRhythm));
        (TravelRhythm without, double[] withoutWork) = (start.NonCommuterRhythm, HoursOf(start.NonCommuterRhythm));
        UserFit[] fits = [];
        bool[] works = [.. histories.Select(h => h.Work >= 0)];
        for (int round = 0; round < RhythmRounds && histories.Count > 0; round++)
        {
            (var clockWith, var clockWithout) = (new WeekClock(with), new WeekClock(without));
            fits = [.. histories.Select((h, i) => ChainFit.Of(h, works[i] ? clockWith : clockWithout))];
            (withWork, with) = Rhythm(histories, fits, works, true, (withWork, with));
            (withoutWork, without) = Rhythm(histories, fits, works, false, (withoutWork, without));
        }
        List<List<(int Known, bool New)>> explored = [.. histories.Select(ExplorationFit.VisitsOf)];
        (double rate, double decay) = ExplorationFit.Population(explored);
        DistanceFit distances = DistanceFit.Of(Jumps(histories), histories.Count, regions, shape, threads);
        for (int u = 0; u < fits.Length; u++)
        {
            fits[u].ExplorationRate = ExplorationFit.RateOf(explored[u], decay);
            fits[u].DistanceKm = distances.MeanKm[u];
            fits[u].NewPlaces = distances.NewPlaces[u];
        }
        double[] other = DistanceGroups.Of(fits.Select(f => f.DistanceKm));
        var ways = histories.Select((h, u) => (h.Home, h.Work, Factor: fits[u].DistanceKm / other[DistanceGroups.Count / 2])).Where(w => w.Work >= 0 && double.IsFinite(w.Factor)).ToList();
        var population = new PopulationFit
        {
            ToursPerWeek = Spread.Of(fits.Select(f => (f.ToursPerWeek, 1.0 / Math.Max(1, f.HomeDepartures)))),
            DwellRate = Spread.Of(fits.Select(f => (f.DwellRate, (1.0 / Math.Max(1, f.HomeDepartures)) + (1.0 / Math.Max(1, f.OtherDepartures))))),
            BurstRate = Spread.Of(fits.Select(f => (f.BurstRate, (1.0 / Math.Max(1, f.HomeDepartures)) + (1.0 / Math.Max(1, f.Bursts))))),
            ExplorationRate = rate,
            ExplorationDecay = decay,
            DistanceShape = distances.Shape,
            OtherDistanceKm = other,
            WorkDistanceKm = distances.WorkKm(ways, regions, threads),
            RhythmWithWork = withWork,
            RhythmWithoutWork = withoutWork,
            WorkplaceShare = histories.Count == 0 ? double.NaN : works.Count(w => w) / (double)histories.Count,
        };
        return new RawEstimate(regions, histories, fits, leftOut, population, distances.Popularity, WorkFit.Of(histories.Where(h => h.Work >= 0), startBlocks));
    }

    /// <summary>The rhythm of a class; the one before where the class is too small to tell.</summary>
    private static (double[] Hours, TravelRhythm Rhythm) Rhythm(List<UserHistory> histories, UserFit[] fits, bool[] works, bool of, (double[] Hours, TravelRhythm Rhythm) before)
    {
        int[] members = [.. Enumerable.Range(0, works.Length).Where(i => works[i] == of)];
        if (members.Length < 20) return before;
        double[] hours = RhythmFit.Of([.. members.Select(i => histories[i])], [.. members.Select(i => fits[i])]);
        return (hours, CityPeople.RhythmOf(hours));
    }

    private static double[] HoursOf(TravelRhythm rhythm) =>
        [.. Enumerable.Range(0, 168).Select(h => Enumerable.Range(6 * h, 6).Sum(t => rhythm.Share[t]))];

    private static List<Jump> Jumps(List<UserHistory> histories)
    {
        var jumps = new List<Jump>();
        for (int u = 0; u < histories.Count; u++)
        {
            var known = new HashSet<int>();
            Visit[] visits = histories[u].Visits;
            for (int i = 0; i < visits.Length; i++)
            {
                if (visits[i].Place != PlaceKind.Other || visits[i].Region < 0 || !known.Add(visits[i].Region)) continue;
                if (i > 0 && !visits[i - 1].CutAfter && visits[i - 1].Region >= 0 && visits[i - 1].Region != visits[i].Region) jumps.Add(new Jump(u, visits[i - 1].Region, visits[i].Region));
            }
        }
        return jumps;
    }

    private static int DaysSeen(UserTracks tracks, int user)
    {
        int days = 0;
        long last = long.MinValue;
        for (int i = tracks.First[user]; i < tracks.First[user + 1]; i++)
        {
            for (long day = (long)(tracks.AtMs[i] / DayMs); day <= (long)((tracks.AtMs[i] + (tracks.DurationS[i] * 1000L)) / DayMs); day++)
            {
                if (day > last) (days, last) = (days + 1, day);
            }
        }
        return days;
    }

    private static double SpanDays(UserTracks tracks, int user)
    {
        int from = tracks.First[user], to = tracks.First[user + 1];
        return to == from ? 0 : (tracks.AtMs[to - 1] + (tracks.DurationS[to - 1] * 1000L) - tracks.AtMs[from]) / DayMs;
    }
}
