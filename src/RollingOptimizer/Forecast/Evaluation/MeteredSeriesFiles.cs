using System.Globalization;
using System.Text.RegularExpressions;
using Movc.Domain;
using Movc.RollingOptimizer.Model;

namespace Movc.RollingOptimizer.Forecast.Evaluation;

/// <summary>Reads metered series from the two published layouts that forecasters are judged on.</summary>
public static partial class MeteredSeriesFiles
{
    private const string LoadTime = "DateTime";
    private const string VolumeTime = "time";

    /// <summary>A city's load as UCI 849 (Tetouan) writes it: every 10 minutes a row, a column of kW a feeder, which are summed.</summary>
    /// <exception cref="InputException">Missing, without these columns, a cell that is no number, negative, or a row out of step.</exception>
    public static MeteredSeries ReadLoad(string path)
    {
        IReadOnlyList<MeteredSeries> feeders = Read(path, LoadTime, "M/d/yy H:mm", 10, Feeder(), "Zone 1 Power Consumption", "kW");
        return Sum(feeders, string.Create(CultureInfo.InvariantCulture, $"{Path.GetFileName(path)}, {feeders.Count} feeders"));
    }

    /// <summary>Charged energy as UrbanEV writes it: every hour a row, a column of kWh a zone, named by its number.</summary>
    /// <exception cref="InputException">Missing, without these columns, a cell that is no number, negative, or a row out of step.</exception>
    public static IReadOnlyList<MeteredSeries> ReadVolumes(string path) =>
        Read(path, VolumeTime, "yyyy/M/d H:mm", 60, Zone(), "1", "kWh");

    /// <summary>The sum of series of the same slots.</summary>
    public static MeteredSeries Sum(IReadOnlyList<MeteredSeries> series, string name)
    {
        ArgumentNullException.ThrowIfNull(series);
        double[] sum = new double[series[0].Values.Length];
        foreach (MeteredSeries s in series)
            for (int i = 0; i < sum.Length; i++) sum[i] += s.Values[i];
        return series[0] with { Name = name, Values = sum };
    }

    private static List<MeteredSeries> Read(string path, string time, string pattern, int stepMinutes, Regex wanted, string example, string unit)
    {
        string[] names = [];
        using CsvRows csv = CsvRows.OpenSome(path, header =>
        {
            names = [.. header.Where(c => wanted.IsMatch(c))];
            if (names.Length == 0) throw new InputException($"{path}:1:1: there is no column like {example}; the header has {string.Join(",", header)}");
            return [time, .. names];
        });
        List<double>[] values = [.. names.Select(_ => new List<double>())];
        long first = 0, expected = 0;
        long stepMs = stepMinutes * 60_000L;
        while (csv.Next())
        {
            long at = At(csv, pattern);
            if (values[0].Count == 0) first = at;
            else if (at != expected) throw csv.Wrong(0, $"{csv.Text(0)} is not {stepMinutes} minutes after the row above", "give a row every slot, in order and without holes");
            expected = at + stepMs;
            for (int c = 0; c < names.Length; c++)
            {
                double value = csv.Number(c + 1);
                if (value < 0) throw csv.Wrong(c + 1, $"{csv.Text(c + 1)} is negative", $"give {unit}, 0 or more");
                values[c].Add(value);
            }
        }
        if (values[0].Count == 0) throw new InputException($"{path}:2:1: the file has a header and no row; give one row every {stepMinutes} minutes");
        return [.. names.Select((name, c) => new MeteredSeries(name, unit, first, stepMs, [.. values[c]]))];
    }

    private static long At(CsvRows csv, string pattern) =>
        DateTime.TryParseExact(csv.Text(0), pattern, CultureInfo.InvariantCulture, DateTimeStyles.None, out DateTime time)
            ? (time - DateTime.UnixEpoch).Ticks / TimeSpan.TicksPerMillisecond
            : throw csv.Wrong(0, $"\"{csv.Text(0)}\" is not a date and time", $"write {pattern}");

    // As published, feeders 2 and 3 have two blanks in their names.
    [GeneratedRegex(@"^Zone \d+ +Power Consumption$", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Feeder();

    [GeneratedRegex(@"^\d+$", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Zone();
}
