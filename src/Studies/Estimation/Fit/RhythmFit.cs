using Movc.Domain.Events;
using Movc.Studies.Estimation.Places;

namespace Movc.Studies.Estimation.Fit;

/// <summary>P(t) of a class of users: departures by hour over those that a flat rhythm would have brought, at each user's own rates.</summary>
internal static class RhythmFit
{
    private const int HoursPerWeek = 168;

    /// <summary>Departures by hour of the week that make 168 hours worth telling apart; with fewer, all days are taken alike.</summary>
    private const double EventsPerHour = 40;

    /// <summary>Fits the rhythm.</summary>
    /// <param name="histories">Users of one class.</param>
    /// <param name="fits">Their rates.</param>
    /// <returns>Shares by hour, sum 1: 168 from Monday on, or 24 of a day.</returns>
    public static double[] Of(IReadOnlyList<UserHistory> histories, IReadOnlyList<UserFit> fits)
    {
        double[] departures = new double[HoursPerWeek], expected = new double[HoursPerWeek];
        for (int u = 0; u < histories.Count; u++)
        {
            UserFit fit = fits[u];
            if (!(fit.ToursPerWeek > 0) || !double.IsFinite(fit.DwellRate)) continue;
            Visit[] visits = histories[u].Visits;
            for (int i = 0; i < visits.Length; i++)
            {
                ref readonly Visit visit = ref visits[i];
                if (visit.Place == PlaceKind.Work) continue;
                double rate = visit.Place == PlaceKind.Home ? fit.ToursPerWeek : fit.ToursPerWeek * fit.DwellRate;
                for (double at = visit.ArriveMin; at < visit.DepartMin;)
                {
                    double next = Math.Min(visit.DepartMin, (Math.Floor(at / 60) + 1) * 60);
                    expected[Hour(at)] += rate * (next - at) / 60 / HoursPerWeek;
                    at = next;
                }
                if (!visit.CutAfter && i + 1 < visits.Length && visits[i + 1].Place != PlaceKind.Work) departures[Hour(visit.DepartMin)]++;
            }
        }
        return departures.Sum() >= EventsPerHour * HoursPerWeek ? Shares(departures, expected) : Shares(ByDay(departures), ByDay(expected));
    }

    private static int Hour(double min) => (int)(min / 60 % HoursPerWeek);

    private static double[] ByDay(double[] week) => [.. Enumerable.Range(0, 24).Select(h => Enumerable.Range(0, 7).Sum(d => week[(24 * d) + h]))];

    private static double[] Shares(double[] departures, double[] expected)
    {
        double[] shares = [.. departures.Select((d, h) => expected[h] > 0 ? d / expected[h] : 0)];
        double sum = shares.Sum();
        return sum > 0 ? [.. shares.Select(s => s / sum)] : [.. shares.Select(_ => 1.0 / shares.Length)];
    }
}
