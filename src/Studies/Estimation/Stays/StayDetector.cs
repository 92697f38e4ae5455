using Movc.Studies.Estimation.Input;

namespace Movc.Studies.Estimation.Stays;

/// <summary>Finds the stays in one user's records (model.md §2). Not for several threads at once.</summary>
/// <remarks>
/// A run of records within a radius of their own running middle is a stay once it is long enough. Between two stays the user is on the
/// way. Where the records in between come back to the place that they left, there was a stop too short to be seen: it is kept as a stay
/// without a place, because the departure took place all the same.
/// </remarks>
internal sealed class StayDetector(StayRules rules)
{
    private const double MsPerHour = 3_600_000, MsPerMin = 60_000;
    private readonly List<Run> _runs = [];

    /// <summary>Finds the stays of records of one kind.</summary>
    /// <param name="tracks">All records.</param>
    /// <param name="user">Whose.</param>
    /// <param name="stays">Added to, in time order.</param>
    public void Find(UserTracks tracks, int user, List<FoundStay> stays)
    {
        int from = tracks.First[user], to = tracks.First[user + 1];
        if (from == to) return;
        if (tracks.DurationS.AsSpan(from, to - from).ContainsAnyExcept(0)) FromRecords(tracks, from, to, stays);
        else FromPoints(tracks, from, to, stays);
    }

    /// <summary>Records that are stays already: trips fill what lies between, as far as that is not too long.</summary>
    private void FromRecords(UserTracks tracks, int from, int to, List<FoundStay> stays)
    {
        long known = long.MinValue;
        for (int i = from; i < to; i++)
        {
            if (tracks.DurationS[i] < rules.ShortestMin * 60) continue;
            long arrive = Math.Max(known, tracks.AtMs[i]), depart = tracks.AtMs[i] + (tracks.DurationS[i] * 1000L);
            // Swallowed by the one before.
            if (depart <= arrive) continue;
            bool cut = known == long.MinValue || arrive - known > rules.LongestGapMin * MsPerMin;
            if (cut && stays.Count > 0 && known != long.MinValue) System.Runtime.InteropServices.CollectionsMarshal.AsSpan(stays)[^1].CutAfter = true;
            stays.Add(new FoundStay { ArriveMs = arrive, DepartMs = depart, EastKm = tracks.EastKm[i], NorthKm = tracks.NorthKm[i], CutBefore = cut });
            known = depart;
        }
        if (known != long.MinValue) System.Runtime.InteropServices.CollectionsMarshal.AsSpan(stays)[^1].CutAfter = true;
    }

    private void FromPoints(UserTracks tracks, int from, int to, List<FoundStay> stays)
    {
        for (int i = from; i < to;)
        {
            int end = i + 1;
            while (end < to && tracks.AtMs[end] - tracks.AtMs[end - 1] <= rules.LongestGapMin * MsPerMin) end++;
            FindRuns(tracks, i, end);
            Emit(tracks, i, end, stays);
            i = end;
        }
    }

    /// <summary>Runs of records near each other within a stretch without silence, long enough for a stay.</summary>
    private void FindRuns(UserTracks tracks, int from, int to)
    {
        _runs.Clear();
        for (int i = from; i < to;)
        {
            double x = tracks.EastKm[i], y = tracks.NorthKm[i];
            int n = 1, last = i, k = i + 1;
            while (k < to)
            {
                if (Near(tracks, k, x, y))
                {
                    x += (tracks.EastKm[k] - x) / ++n;
                    y += (tracks.NorthKm[k] - y) / n;
                    last = k++;
                    continue;
                }
                // A spike: away, and soon back.
                int back = k + 1;
                while (back < to && tracks.AtMs[back] - tracks.AtMs[last] <= rules.SpikeMin * MsPerMin && !Near(tracks, back, x, y)) back++;
                if (back >= to || tracks.AtMs[back] - tracks.AtMs[last] > rules.SpikeMin * MsPerMin) break;
                k = back;
            }
            bool stays = tracks.AtMs[last] - tracks.AtMs[i] >= rules.ShortestMin * MsPerMin;
            if (stays) _runs.Add(new Run(i, last, x, y));
            i = stays ? last + 1 : i + 1;
        }
    }

    private void Emit(UserTracks tracks, int from, int to, List<FoundStay> stays)
    {
        for (int r = 0; r < _runs.Count; r++)
        {
            Run run = _runs[r];
            int before = r == 0 ? from - 1 : _runs[r - 1].Last, after = r + 1 == _runs.Count ? to : _runs[r + 1].First;
            bool cutBefore = r == 0 && run.First == from, cutAfter = r + 1 == _runs.Count && run.Last == to - 1;
            long arrive = tracks.AtMs[run.First], depart = tracks.AtMs[run.Last];
            if (run.First - 1 > before) arrive = Math.Min(arrive, tracks.AtMs[run.First - 1] + Travel(tracks, run.First - 1, run));
            else if (r > 0) arrive -= Slack(tracks, _runs[r - 1], run);
            if (run.Last + 1 < after) depart = Math.Max(depart, tracks.AtMs[run.Last + 1] - Travel(tracks, run.Last + 1, run));
            else if (r + 1 < _runs.Count) depart += Slack(tracks, run, _runs[r + 1]);
            if (r > 0 && IsSame(_runs[r - 1], run) && run.First - 1 > before) AddUnseen(tracks, _runs[r - 1], run, stays);
            stays.Add(new FoundStay { ArriveMs = arrive, DepartMs = depart, EastKm = (float)run.EastKm, NorthKm = (float)run.NorthKm, CutBefore = cutBefore, CutAfter = cutAfter });
        }
    }

    /// <summary>A stop that no run tells of, at the record farthest from the place that was left and come back to.</summary>
    private static void AddUnseen(UserTracks tracks, Run left, Run back, List<FoundStay> stays)
    {
        int farthest = left.Last + 1;
        for (int i = farthest + 1; i < back.First; i++)
        {
            if (Km(tracks, i, left.EastKm, left.NorthKm) > Km(tracks, farthest, left.EastKm, left.NorthKm)) farthest = i;
        }
        stays.Add(new FoundStay { ArriveMs = tracks.AtMs[farthest], DepartMs = tracks.AtMs[farthest], EastKm = float.NaN, NorthKm = float.NaN });
    }

    /// <summary>Half of what the silence between two stays is longer than the way between them.</summary>
    private long Slack(UserTracks tracks, Run before, Run after)
    {
        double km = Math.Sqrt(((before.EastKm - after.EastKm) * (before.EastKm - after.EastKm)) + ((before.NorthKm - after.NorthKm) * (before.NorthKm - after.NorthKm)));
        double silence = tracks.AtMs[after.First] - tracks.AtMs[before.Last];
        return (long)Math.Max(0, (silence - (km / rules.StraightKmPerHour * MsPerHour)) / 2);
    }

    private long Travel(UserTracks tracks, int record, Run to) => (long)(Km(tracks, record, to.EastKm, to.NorthKm) / rules.StraightKmPerHour * MsPerHour);

    private bool Near(UserTracks tracks, int record, double x, double y) => Km(tracks, record, x, y) <= rules.RadiusKm;

    private bool IsSame(Run a, Run b) => ((a.EastKm - b.EastKm) * (a.EastKm - b.EastKm)) + ((a.NorthKm - b.NorthKm) * (a.NorthKm - b.NorthKm)) <= rules.RadiusKm * rules.RadiusKm;

    private static double Km(UserTracks tracks, int record, double x, double y)
    {
        double east = tracks.EastKm[record] - x, north = tracks.NorthKm[record] - y;
        return Math.Sqrt((east * east) + (north * north));
    }

    private readonly record struct Run(int First, int Last, double EastKm, double NorthKm);
}
