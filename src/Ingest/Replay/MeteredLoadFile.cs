using System.Globalization;
using System.Text.RegularExpressions;
using Movc.Domain;
using Movc.Domain.Sources;
using Movc.Domain.Time;

namespace Movc.Ingest.Replay;

/// <summary>
/// A city's metered load, as the UCI set "Power Consumption of Tetouan City" writes it: a row every 10 minutes, local time without
/// a zone, and one column of kW per zone, which are summed. The file stands in for other years and cities: an interval takes
/// the row that lies a multiple of the file's whole weeks before or after it on the wall clock, so weekday and hour are kept.
/// On the wall clock an hour that a clock change repeats has its values twice, and one that it skips is skipped.
/// </summary>
public sealed partial class MeteredLoadFile : ICityLoad
{
    private const string TimeColumn = "DateTime";
    private const string What = "metered load (Tetouan: DateTime and Zone n Power Consumption, every 10 minutes)";
    private const int RowsPerWeek = 7 * Slots.PerDay;
    private static readonly string[] TimePatterns = ["M/d/yy H:mm", "M/d/yyyy H:mm"];

    private readonly ICityCalendar _calendar;
    private readonly double[] _loadKw;
    private readonly long _firstMinute;

    private MeteredLoadFile(ICityCalendar calendar, double[] meteredKw, long firstMinute, string fileName, int zones, double peakKw)
    {
        _calendar = calendar;
        _firstMinute = firstMinute;
        double meteredPeakKw = meteredKw.Max();
        double scale = peakKw / meteredPeakKw;
        _loadKw = Array.ConvertAll(meteredKw, kw => kw * scale);
        Weeks = meteredKw.Length / RowsPerWeek;
        Description = string.Create(
            CultureInfo.InvariantCulture,
            $"{fileName}: sum of {zones} zones on the wall clock of {calendar.TimeZone}, shifted by whole weeks and wrapping after {Weeks}, metered peak {meteredPeakKw:#,0} kW scaled to {peakKw:#,0} kW");
    }

    /// <inheritdoc/>
    public string Description { get; }

    /// <summary>Whole weeks that the file covers, 1 or more.</summary>
    public int Weeks { get; }

    /// <summary>Reads a file and scales it.</summary>
    /// <param name="path">The file.</param>
    /// <param name="calendar">Wall clock of the city that the load stands for.</param>
    /// <param name="peakKw">Largest load after scaling, kW, over 0.</param>
    /// <exception cref="InputException">Missing, malformed, not on a gapless 10-minute grid, or not whole weeks.</exception>
    public static MeteredLoadFile Read(string path, ICityCalendar calendar, double peakKw)
    {
        ArgumentNullException.ThrowIfNull(calendar);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(peakKw);
        using var csv = new CsvInput(path, ",", What);
        int time = csv.Column(TimeColumn, What);
        int[] zones = ZoneColumns(csv);
        var sums = new List<double>();
        long first = 0, previous = 0;
        while (csv.Read())
        {
            long minute = Minute(csv, time);
            if (sums.Count == 0)
            {
                if (minute % Slots.Minutes != 0)
                    throw csv.Wrong(time, "is not on a 10-minute boundary", "start at a full 10 minutes");
                first = minute;
            }
            else
            {
                CheckStep(csv, time, minute - previous);
            }

            previous = minute;
            double sumKw = 0;
            foreach (int zone in zones) sumKw += Kilowatts(csv, zone);
            sums.Add(sumKw);
        }

        if (sums.Count == 0)
            throw new InputException($"{path}:2:1: the file has a header and no row; give a file of {What}");
        int beyond = sums.Count % RowsPerWeek;
        if (beyond != 0)
        {
            throw new InputException(string.Create(
                CultureInfo.InvariantCulture,
                $"{path}:{csv.Line}:{TimeColumn}: the file ends {beyond} rows into its week {sums.Count / RowsPerWeek + 1}; a load wraps after whole weeks: remove {beyond} rows or add {RowsPerWeek - beyond}"));
        }

        if (sums.Max() <= 0)
            throw new InputException($"{path}:2:{csv.Header[zones[0]]}: no row has a load over 0 kW; give a file of {What}");
        return new MeteredLoadFile(calendar, [.. sums], first, Path.GetFileName(path), zones.Length, peakKw);
    }

    /// <inheritdoc/>
    public double LoadKw(long intervalStartMs)
    {
        long wallMinute = (long)_calendar.DayNumber(intervalStartMs) * 1440 + _calendar.MinuteOfDay(intervalStartMs);
        long period = (long)_loadKw.Length * Slots.Minutes;
        long into = (wallMinute - _firstMinute) % period;
        if (into < 0) into += period;
        // Rounds down where the zone's offset is no multiple of 10 minutes.
        return _loadKw[into / Slots.Minutes];
    }

    [GeneratedRegex(@"^Zone \d+ +Power Consumption$", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ZoneColumn();

    private static int[] ZoneColumns(CsvInput csv)
    {
        // As published, zones 2 and 3 have two blanks in their names.
        int[] zones = [.. Enumerable.Range(0, csv.Header.Count).Where(i => ZoneColumn().IsMatch(csv.Header[i]))];
        if (zones.Length == 0) csv.Column("Zone 1 Power Consumption", What);
        foreach (int zone in zones) csv.Column(csv.Header[zone], What);
        return zones;
    }

    /// <summary>Minutes since 1970-01-01 00:00 on the wall clock.</summary>
    private static long Minute(CsvInput csv, int column)
    {
        if (!DateTime.TryParseExact(csv[column], TimePatterns, CultureInfo.InvariantCulture, DateTimeStyles.None, out DateTime time))
            throw csv.Wrong(column, "is not a date and time", "write M/d/yy H:mm");
        return (time - DateTime.UnixEpoch).Ticks / TimeSpan.TicksPerMinute;
    }

    private static void CheckStep(CsvInput csv, int column, long stepMinutes)
    {
        if (stepMinutes == Slots.Minutes) return;
        if (stepMinutes == 0)
            throw csv.Wrong(column, "stands twice", "remove one of the two rows");
        if (stepMinutes < 0)
            throw csv.Wrong(column, "lies before the row above", "sort the rows by time");
        if (stepMinutes % Slots.Minutes != 0)
            throw csv.Wrong(column, $"comes {stepMinutes} minutes after the row above", "give one row every 10 minutes");
        throw csv.Wrong(column, $"comes {stepMinutes} minutes after the row above: {stepMinutes / Slots.Minutes - 1} rows are missing", "fill the gap");
    }

    private static double Kilowatts(CsvInput csv, int column)
    {
        const NumberStyles Style = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
        if (!double.TryParse(csv[column], Style, CultureInfo.InvariantCulture, out double kw) || !double.IsFinite(kw))
            throw csv.Wrong(column, "is not a number", "write kW with a decimal point");
        if (kw < 0)
            throw csv.Wrong(column, "is negative", "give the load in kW, 0 or more");
        return kw;
    }
}
