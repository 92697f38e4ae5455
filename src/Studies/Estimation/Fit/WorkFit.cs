using Movc.Domain.Events;
using Movc.Domain.Mobility;
using Movc.Studies.Estimation.Places;

namespace Movc.Studies.Estimation.Fit;

/// <summary>When commuters work (model.md §3): on what share of the days, and from when for how long as a mixture of Gaussians.</summary>
/// <param name="Weekday">Share of Mondays to Fridays with work.</param>
/// <param name="Weekend">Share of Saturdays and Sundays with work.</param>
/// <param name="Components">The mixture; empty where too few blocks were seen.</param>
internal sealed record WorkFit(double Weekday, double Weekend, IReadOnlyList<WorkBlockComponent> Components)
{
    private const double Day = 1440;
    private const int FewestBlocks = 200, Rounds = 200;

    /// <summary>Shortest and longest block that the simulator draws, minutes [P].</summary>
    private const double ShortestMin = 30, LongestMin = 1200;

    /// <summary>Least variance of a component, min²: a slot.</summary>
    private const double LeastVariance = 100;

    /// <summary>Fits all commuters together.</summary>
    /// <param name="histories">Users with a workplace.</param>
    /// <param name="start">Where the mixture begins.</param>
    public static WorkFit Of(IEnumerable<UserHistory> histories, IReadOnlyList<WorkBlockComponent> start)
    {
        var blocks = new List<(double Start, double Duration)>();
        int[] seen = new int[2], worked = new int[2];
        foreach (UserHistory history in histories)
        {
            foreach ((int day, bool works) in DaysOf(history))
            {
                int weekend = ((day % 7) + 7) % 7 >= 5 ? 1 : 0;
                seen[weekend]++;
                if (works) worked[weekend]++;
            }
            blocks.AddRange(history.Visits.Where(v => v.Place == PlaceKind.Work && !v.CutBefore && !v.CutAfter && v.DepartMin - v.ArriveMin is >= ShortestMin and <= LongestMin).Select(v => (v.ArriveMin % Day, v.DepartMin - v.ArriveMin)));
        }
        return new WorkFit(Share(worked[0], seen[0]), Share(worked[1], seen[1]), blocks.Count < FewestBlocks ? [] : Mixture(blocks, start));
    }

    /// <summary>Days seen from morning to evening, and whether a work visit began in them.</summary>
    private static IEnumerable<(int Day, bool Works)> DaysOf(UserHistory history)
    {
        var hours = new Dictionary<int, int>();
        var works = new HashSet<int>();
        foreach (Visit visit in history.Visits)
        {
            for (double at = Math.Floor(visit.ArriveMin / 60) * 60; at < visit.DepartMin; at += 60)
            {
                // The hours from 6 to 22, a bit each.
                int hour = (int)(at % Day / 60), day = (int)Math.Floor(at / Day);
                if (hour is >= 6 and < 22) hours[day] = hours.GetValueOrDefault(day) | (1 << hour);
            }
            if (visit.Place == PlaceKind.Work) works.Add((int)Math.Floor(visit.ArriveMin / Day));
        }
        // Trips fall between the hours: most of the day is enough.
        return hours.Where(h => System.Numerics.BitOperations.PopCount((uint)h.Value) >= 12).Select(h => (h.Key, works.Contains(h.Key)));
    }

    /// <summary>Expectation and maximisation from the components given.</summary>
    private static WorkBlockComponent[] Mixture(List<(double Start, double Duration)> blocks, IReadOnlyList<WorkBlockComponent> start)
    {
        WorkBlockComponent[] components = [.. start];
        double[] weight = new double[components.Length];
        for (int round = 0; round < Rounds; round++)
        {
            var sums = new (double N, double S, double D, double SS, double SD, double DD)[components.Length];
            foreach ((double s, double d) in blocks)
            {
                double total = 0;
                for (int k = 0; k < components.Length; k++) total += weight[k] = components[k].Weight * Density(components[k], s, d);
                if (!(total > 0)) continue;
                for (int k = 0; k < components.Length; k++)
                {
                    double w = weight[k] / total;
                    sums[k].N += w;
                    sums[k].S += w * s;
                    sums[k].D += w * d;
                    sums[k].SS += w * s * s;
                    sums[k].SD += w * s * d;
                    sums[k].DD += w * d * d;
                }
            }
            double all = sums.Sum(x => x.N);
            for (int k = 0; k < components.Length; k++)
            {
                if (sums[k].N < 5) continue;
                double ms = sums[k].S / sums[k].N, md = sums[k].D / sums[k].N;
                double vs = Math.Max(LeastVariance, (sums[k].SS / sums[k].N) - (ms * ms)), vd = Math.Max(LeastVariance, (sums[k].DD / sums[k].N) - (md * md));
                double c = Math.Clamp((sums[k].SD / sums[k].N) - (ms * md), -0.99 * Math.Sqrt(vs * vd), 0.99 * Math.Sqrt(vs * vd));
                components[k] = new WorkBlockComponent(sums[k].N / all, ms, md, vs, c, vd);
            }
        }
        return components;
    }

    private static double Density(WorkBlockComponent c, double s, double d)
    {
        double determinant = (c.StartVarianceMin2 * c.DurationVarianceMin2) - (c.CovarianceMin2 * c.CovarianceMin2);
        double x = s - c.StartMeanMin, y = d - c.DurationMeanMin;
        double q = ((c.DurationVarianceMin2 * x * x) - (2 * c.CovarianceMin2 * x * y) + (c.StartVarianceMin2 * y * y)) / determinant;
        return Math.Exp(-q / 2) / (2 * Math.PI * Math.Sqrt(determinant));
    }

    private static double Share(int part, int whole) => whole == 0 ? double.NaN : part / (double)whole;
}
