using Movc.RollingOptimizer.Forecast.Evaluation;

namespace Movc.RollingOptimizer.Tests.Forecast;

/// <summary>The requirement itself, on real data: less error than persistence and last week at 1, 6 and 24 hours, beyond chance.</summary>
public class RealSeriesTests
{
    [Fact]
    public void Metered_charging_is_foretold_better_than_by_persistence_and_last_week()
    {
        IReadOnlyList<MeteredSeries> zones = MeteredSeriesFiles.ReadVolumes(Shared("shenzhen/public-charging-volume-36zones-hourly.csv"));
        zones.Count.ShouldBe(36);
        // Zone 11's record is not credible.
        ShouldBeat(MeteredSeriesFiles.Sum([.. zones.Where(z => z.Name is not "11")], "charging"), weeks: 25);
    }

    [Fact]
    public void A_metered_load_is_foretold_better_than_by_persistence_and_last_week()
    {
        MeteredSeries load = MeteredSeriesFiles.ReadLoad(Shared("load/tetouan_2017_10min.csv"));
        load.Values.Length.ShouldBe(52 * 7 * 144);
        load.Values.Max().ShouldBe(134_208, 1);
        // Half the year: the whole is the bench's.
        ShouldBeat(load, weeks: 26);
    }

    private static void ShouldBeat(MeteredSeries series, int weeks)
    {
        int day = series.SlotsPerDay;
        int[] leads = [day / 24, day / 4, day];
        MeteredSeries part = series with { Values = series.Values[..(weeks * 7 * day)] };
        IReadOnlyList<LeadScore[]> scores = WalkForward.Run(
            part,
            [Series.Of("learned", day, series.SlotMs), Series.Of("persistence", day, series.SlotMs), Series.Of("last week", day, series.SlotMs)],
            leads, 8 * 7 * day, 1, TestContext.Current.CancellationToken);
        for (int l = 0; l < leads.Length; l++)
        {
            foreach (LeadScore[] baseline in scores.Skip(1))
            {
                var comparison = ForecastComparison.Of(scores[0][l], baseline[l], 2000, 1);
                comparison.Beats.ShouldBeTrue(comparison.ToString());
            }
            scores[0][l].Inside.ShouldBeInRange(.85, .95, $"lead {leads[l]}");
        }
    }

    private static string Shared(string relative)
    {
        string? data = Environment.GetEnvironmentVariable("MOVC_DATA");
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); string.IsNullOrEmpty(data) && folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "Movc.sln"))) data = Path.Combine(folder.FullName, "..", "shared", "data");
        string path = Path.Combine(data ?? string.Empty, relative);
        if (!File.Exists(path)) Assert.Skip("needs ../shared/data or MOVC_DATA");
        return path;
    }
}
