using Movc.Domain.Mobility;
using Movc.Domain.Randomness;
using Movc.Domain.Threads;
using Movc.Studies.Estimation.Input;

namespace Movc.Studies.Estimation.Tracks;

/// <summary>
/// Records as a simulated population would have left them: each simulated driver is seen at the very times at which a real user was, with
/// the same noise. What sampling hides in the one it hides in the other.
/// </summary>
internal static class TrackMimic
{
    private const int WeekS = 7 * 86_400, WarmUpWeeks = 2;

    /// <summary>Makes the records.</summary>
    /// <param name="mobility">The population.</param>
    /// <param name="speedKmPerHour">Of trips.</param>
    /// <param name="real">The real records.</param>
    /// <param name="users">Which users are mimicked.</param>
    /// <param name="offsetMs">Offset of the city's clock, ms.</param>
    /// <param name="noiseKm">Standard deviation of a fix each way.</param>
    /// <param name="seed">Of the lives and of the noise.</param>
    /// <param name="threads">0 = all processors.</param>
    /// <returns>Records in the same form, user by user as asked for.</returns>
    public static UserTracks Of(IMobilityModel mobility, double speedKmPerHour, UserTracks real, IReadOnlyList<int> users, long offsetMs, double noiseKm, long seed, int threads)
    {
        int[] first = new int[users.Count + 1];
        for (int k = 0; k < users.Count; k++) first[k + 1] = first[k] + real.First[users[k] + 1] - real.First[users[k]];
        var tracks = new UserTracks([.. users.Select(u => real.Users[u])], first, new long[first[^1]], new int[first[^1]], new float[first[^1]], new float[first[^1]]);
        OrderedParallel.Run(users.Count, () => new LifeTrack(mobility, speedKmPerHour), (k, life) =>
        {
            Mimic(life, CounterRandom.VehicleKey(seed, k), real, users[k], tracks, k, offsetMs, noiseKm);
            return 0;
        }, _ => { }, threads);
        return tracks;
    }

    private static void Mimic(LifeTrack life, ulong key, UserTracks real, int user, UserTracks tracks, int at, long offsetMs, double noiseKm)
    {
        int from = real.First[user], to = real.First[user + 1], into = tracks.First[at];
        if (from == to) return;
        const long firstMondayMs = 4 * 86_400_000L, weekMs = WeekS * 1000L;
        // The Monday before the first record, less the warm-up, is the life's slot 0.
        long local = real.AtMs[from] + offsetMs - firstMondayMs;
        long originMs = (Math.DivRem(local, weekMs).Quotient * weekMs) + firstMondayMs - offsetMs - (WarmUpWeeks * weekMs);
        int endS = (int)((real.AtMs[to - 1] - originMs) / 1000) + 1;
        life.Live(key, (endS / 600) + 1);
        CounterRandom random = CounterRandom.OfCharging(key);
        bool stays = real.DurationS[from] > 0;
        for (int i = from; i < to; i++, into++)
        {
            tracks.AtMs[into] = real.AtMs[i];
            (double east, double north) = life.At((int)((real.AtMs[i] - originMs) / 1000));
            (double a, double b) = random.NextNormals();
            tracks.EastKm[into] = (float)(east + (noiseKm * a));
            tracks.NorthKm[into] = (float)(north + (noiseKm * b));
        }
        if (stays) FillWithStays(life, tracks, at, originMs, real.AtMs[from]);
    }

    /// <summary>Records that are stays: the life's own from the first record on, as many as there is room for; the rest stay of no length and are passed over.</summary>
    private static void FillWithStays(LifeTrack life, UserTracks tracks, int at, long originMs, long firstMs)
    {
        int into = tracks.First[at];
        foreach ((int arrive, int depart, int region) in life.Times)
        {
            if (into == tracks.First[at + 1] || depart == Stay.Unknown) break;
            if (originMs + (arrive * 1000L) < firstMs) continue;
            (double east, double north) = life.PlaceOf(region);
            (tracks.AtMs[into], tracks.DurationS[into], tracks.EastKm[into], tracks.NorthKm[into]) = (originMs + (arrive * 1000L), depart - arrive, (float)east, (float)north);
            into++;
        }
        for (; into < tracks.First[at + 1]; into++) (tracks.AtMs[into], tracks.DurationS[into]) = (into == tracks.First[at] ? firstMs : tracks.AtMs[into - 1] + tracks.DurationS[into - 1] * 1000L + 1, 1);
    }
}
