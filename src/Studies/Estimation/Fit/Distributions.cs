using Movc.Studies.Estimation.Places;

namespace Movc.Studies.Estimation.Fit;

/// <summary>How long stays last and how far trips lead, as shares of logarithmic bins.</summary>
/// <param name="StayHours">Lower edges of the bins of stays, hours, and one upper edge.</param>
/// <param name="Stays">Share of each bin.</param>
/// <param name="TripKm">Lower edges of the bins of trips, straight km, and one upper edge.</param>
/// <param name="Trips">Share of each bin.</param>
internal sealed record Distributions(double[] StayHours, double[] Stays, double[] TripKm, double[] Trips)
{
    private const int StayBins = 12, TripBins = 12;
    private const double ShortestH = 0.25, LongestH = 60, ShortestKm = 0.3, LongestKm = 80;

    /// <summary>Of the stays that are whole and the trips between two places that are known.</summary>
    public static Distributions Of(RawEstimate estimate)
    {
        double[] stays = new double[StayBins], trips = new double[TripBins];
        foreach (UserHistory history in estimate.Histories)
        {
            Visit[] visits = history.Visits;
            for (int i = 0; i < visits.Length; i++)
            {
                if (visits[i].Region >= 0 && !visits[i].CutBefore && !visits[i].CutAfter) stays[Bin((visits[i].DepartMin - visits[i].ArriveMin) / 60, ShortestH, LongestH, StayBins)]++;
                if (i > 0 && visits[i].Region >= 0 && visits[i - 1].Region >= 0 && !visits[i - 1].CutAfter && visits[i].Region != visits[i - 1].Region)
                    trips[Bin(estimate.Regions.DistanceKm(visits[i - 1].Region, visits[i].Region), ShortestKm, LongestKm, TripBins)]++;
            }
        }
        return new Distributions(Edges(ShortestH, LongestH, StayBins), Shares(stays), Edges(ShortestKm, LongestKm, TripBins), Shares(trips));
    }

    /// <summary>Half the sum of the differences of two lists of shares: 0 alike, 1 nothing in common.</summary>
    public static double Distance(double[] a, double[] b) => a.Zip(b, (x, y) => Math.Abs(x - y)).Sum() / 2;

    private static int Bin(double value, double low, double high, int bins) => Math.Clamp((int)(Math.Log(Math.Max(value, low) / low) / Math.Log(high / low) * bins), 0, bins - 1);

    private static double[] Edges(double low, double high, int bins) => [.. Enumerable.Range(0, bins + 1).Select(b => low * Math.Pow(high / low, b / (double)bins))];

    private static double[] Shares(double[] counts)
    {
        double sum = Math.Max(1, counts.Sum());
        return [.. counts.Select(c => c / sum)];
    }
}
