using Movc.Domain.Events;
using Movc.Studies.Estimation.Places;

namespace Movc.Studies.Estimation.Fit;

/// <summary>P_new = ρ·S^(−γ) (MOVC Eq. 1) from the visits of Other places: which were new, at how many places known (home and work among them).</summary>
internal static class ExplorationFit
{
    /// <summary>Part of a user's time in which places are learnt only: most of what looks new at first is not.</summary>
    private const double LearningShare = 0.4;

    /// <summary>What the fit needs of a user: at each visit of an Other place the places known before it, and whether it was new.</summary>
    public static List<(int Known, bool New)> VisitsOf(UserHistory history)
    {
        var known = new HashSet<int>();
        double learntBy = history.Visits.Length == 0 ? 0 : history.Visits[0].ArriveMin + (LearningShare * (history.Visits[^1].DepartMin - history.Visits[0].ArriveMin));
        int always = 1 + (history.Work >= 0 ? 1 : 0);
        var visits = new List<(int, bool)>();
        foreach (Visit visit in history.Visits)
        {
            if (visit.Place != PlaceKind.Other || visit.Region < 0) continue;
            int before = always + known.Count;
            bool isNew = known.Add(visit.Region);
            if (visit.ArriveMin >= learntBy) visits.Add((before, isNew));
        }
        return visits;
    }

    /// <summary>ρ and γ of all users together, by maximum likelihood: Newton's method in γ around the ρ that fits each γ.</summary>
    public static (double Rate, double Decay) Population(IReadOnlyList<List<(int Known, bool New)>> users)
    {
        // By places known: how many visits, how many of them new.
        var counts = new SortedDictionary<int, (int Visits, int New)>();
        foreach ((int known, bool isNew) in users.SelectMany(u => u))
        {
            (int n, int k) = counts.GetValueOrDefault(known);
            counts[known] = (n + 1, k + (isNew ? 1 : 0));
        }
        if (counts.Count < 2) return (double.NaN, double.NaN);
        (double Rate, double Decay, double Likelihood) best = (double.NaN, double.NaN, double.NegativeInfinity);
        // A smooth function of one variable over a short range: a fine grid cannot miss its top.
        for (double decay = 0; decay <= 1.5; decay += 0.005)
        {
            double rate = RateAt(counts, decay);
            double likelihood = 0;
            foreach ((int known, (int n, int k)) in counts)
            {
                double p = Math.Clamp(rate * Math.Pow(known, -decay), 1e-9, 1 - 1e-9);
                likelihood += (k * Math.Log(p)) + ((n - k) * Math.Log(1 - p));
            }
            if (likelihood > best.Likelihood) best = (rate, decay, likelihood);
        }
        return (best.Rate, best.Decay);
    }

    /// <summary>ρ of one user at a γ.</summary>
    public static double RateOf(List<(int Known, bool New)> visits, double decay)
    {
        double expected = visits.Sum(v => Math.Pow(v.Known, -decay));
        return expected > 0 ? visits.Count(v => v.New) / expected : double.NaN;
    }

    /// <summary>The ρ at which as many are new as were.</summary>
    private static double RateAt(SortedDictionary<int, (int Visits, int New)> counts, double decay) =>
        counts.Sum(c => c.Value.New) / counts.Sum(c => c.Value.Visits * Math.Pow(c.Key, -decay));
}
