using System.Globalization;
using System.Text;
using Movc.Domain;
using Movc.Domain.Time;
using Movc.Ingest.Replay;
using Movc.Ingest.Time;

namespace Movc.Ingest.Tests.Replay;

public sealed class MeteredLoadFileTests
{
    private const string Header = "DateTime,Temperature,Zone 1 Power Consumption,Zone 2  Power Consumption";
    private static readonly DateTime Monday = new(2018, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    [Fact]
    public void An_interval_takes_the_row_of_its_weekday_and_hour_whatever_the_year()
    {
        // Row i of the week reads 1 + i kW, so a load tells its row.
        using var file = new TemporaryFile(Text(1008));
        MeteredLoadFile load = MeteredLoadFile.Read(file.Path, new NodaCityCalendar("UTC"), 1008);
        load.Weeks.ShouldBe(1);
        foreach (int days in new[] { 0, 3, 7, 364, 371, -7, -8, 3653 })
        {
            DateTime at = Monday.AddDays(days).AddHours(17).AddMinutes(20);
            int row = (((int)at.DayOfWeek + 6) % 7) * 144 + 17 * 6 + 2;
            load.LoadKw(new DateTimeOffset(at).ToUnixTimeMilliseconds()).ShouldBe(row + 1, 1e-9, $"{days} days on");
        }
    }

    [Fact]
    public void Zones_are_summed_and_the_largest_row_becomes_the_peak_asked_for()
    {
        using var file = new TemporaryFile(Text(2016));
        MeteredLoadFile load = MeteredLoadFile.Read(file.Path, new NodaCityCalendar("UTC"), 400);
        load.Weeks.ShouldBe(2);
        double[] week = [.. Enumerable.Range(0, 2016).Select(i => load.LoadKw(new DateTimeOffset(Monday).ToUnixTimeMilliseconds() + i * Slots.Ms))];
        week.Max().ShouldBe(400, 1e-9);
        week[0].ShouldBe(400.0 / 2016, 1e-9);
        load.Description.ShouldBe("file.csv: sum of 2 zones on the wall clock of UTC, shifted by whole weeks and wrapping after 2, metered peak 2,016 kW scaled to 400 kW");
    }

    [Fact]
    public void On_a_clock_change_the_wall_clock_counts_repeated_hours_repeat_and_skipped_ones_are_skipped()
    {
        using var file = new TemporaryFile(Text(1008));
        MeteredLoadFile load = MeteredLoadFile.Read(file.Path, new NodaCityCalendar("Europe/Oslo"), 1008);
        double At(int month, int day, int hour) => load.LoadKw(new DateTimeOffset(2019, month, day, hour, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds());
        const int Sunday = 6 * 144;
        // 27 October: 02:00 comes twice. 31 March: 02:00 does not come.
        At(10, 27, 0).ShouldBe(Sunday + 2 * 6 + 1, 1e-9);
        At(10, 27, 1).ShouldBe(Sunday + 2 * 6 + 1, 1e-9);
        At(10, 27, 2).ShouldBe(Sunday + 3 * 6 + 1, 1e-9);
        At(3, 31, 0).ShouldBe(Sunday + 1 * 6 + 1, 1e-9);
        At(3, 31, 1).ShouldBe(Sunday + 3 * 6 + 1, 1e-9);
    }

    [Theory]
    [InlineData(5, "1/1/18 1:00,9,1,1", "7:DateTime: \"1/1/18 1:00\" comes 20 minutes after the row above: 1 rows are missing; fill the gap")]
    [InlineData(5, "1/1/18 0:40,9,1,1", "7:DateTime: \"1/1/18 0:40\" stands twice; remove one of the two rows")]
    [InlineData(5, "1/1/18 0:10,9,1,1", "7:DateTime: \"1/1/18 0:10\" lies before the row above; sort the rows by time")]
    [InlineData(5, "1/1/18 0:45,9,1,1", "7:DateTime: \"1/1/18 0:45\" comes 5 minutes after the row above; give one row every 10 minutes")]
    [InlineData(0, "1/1/18 0:05,9,1,1", "2:DateTime: \"1/1/18 0:05\" is not on a 10-minute boundary; start at a full 10 minutes")]
    [InlineData(5, "13/1/18 0:50,9,1,1", "7:DateTime: \"13/1/18 0:50\" is not a date and time; write M/d/yy H:mm")]
    [InlineData(5, "1/1/18 0:50,9,1,\"1,5\"", "7:Zone 2  Power Consumption: \"1,5\" is not a number; write kW with a decimal point")]
    [InlineData(5, "1/1/18 0:50,9,Infinity,1", "7:Zone 1 Power Consumption: \"Infinity\" is not a number; write kW with a decimal point")]
    [InlineData(5, "1/1/18 0:50,9,-1,1", "7:Zone 1 Power Consumption: \"-1\" is negative; give the load in kW, 0 or more")]
    [InlineData(5, "1/1/18 0:50,9,1", "7:Zone 2  Power Consumption: the row ends before this column (3 of 4 fields); complete or remove the row")]
    [InlineData(5, "", "6:DateTime: the file ends 5 rows into its week 1; a load wraps after whole weeks: remove 5 rows or add 1003")]
    public void A_file_off_its_grid_is_refused_with_line_column_and_remedy(int goodRows, string next, string message)
    {
        using var file = new TemporaryFile(Text(goodRows) + next + "\n");
        Refusal(file.Path).ShouldBe($"{file.Path}:{message}");
    }

    [Theory]
    [InlineData("Date,Zone 1 Power Consumption\n", "1:DateTime: this column is missing (the header has Date, Zone 1 Power Consumption)")]
    [InlineData("DateTime,Zone One\n", "1:Zone 1 Power Consumption: this column is missing (the header has DateTime, Zone One)")]
    [InlineData("DateTime,Zone 1 Power Consumption\n", "2:1: the file has a header and no row")]
    [InlineData("DateTime,Zone 1 Power Consumption,Zone 1 Power Consumption\n", "1:Zone 1 Power Consumption: this column stands twice in the header")]
    [InlineData("", "1:1: the file is empty")]
    public void A_header_that_does_not_fit_is_refused(string text, string message)
    {
        using var file = new TemporaryFile(text);
        Refusal(file.Path).ShouldStartWith($"{file.Path}:{message}; ");
    }

    [Fact]
    public void A_load_that_is_zero_throughout_cannot_be_scaled()
    {
        string zeros = string.Join('\n', Text(1008).Split('\n').Select((line, i) => i == 0 || line.Length == 0 ? line : line.Split(',')[0] + ",9,0,0"));
        using var file = new TemporaryFile(zeros);
        Refusal(file.Path).ShouldStartWith($"{file.Path}:2:Zone 1 Power Consumption: no row has a load over 0 kW; ");
    }

    private static string Text(int rows)
    {
        var text = new StringBuilder(Header).Append('\n');
        for (int i = 0; i < rows; i++)
            text.Append(CultureInfo.InvariantCulture, $"{Monday.AddMinutes(10 * i):M/d/yyyy H:mm},9,{i},1\n");
        return text.ToString();
    }

    private static string Refusal(string path) =>
        Should.Throw<InputException>(() => MeteredLoadFile.Read(path, new NodaCityCalendar("UTC"), 100)).Message;
}
