using System.Text;
using Movc.Domain;
using Movc.Ingest.Simulation.Parameters;
using Movc.Ingest.Time;
using Movc.Studies.Estimation;
using Movc.Studies.Estimation.Input;

namespace Movc.Studies.Tests.Estimation;

public sealed class InputTests : IDisposable
{
    private static readonly CityArea Area = new(SmallWeeks.Shenzhen.Districts, []);
    private readonly string _folder = Directory.CreateTempSubdirectory("movc-input-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void What_is_wrong_is_counted_and_left_out_and_nothing_else()
    {
        (UserTracks tracks, InputCounts counts) = Read("""
            user,time,lat,lon,speed
            a,2023-05-01T08:00:00+08:00,22.55,114.05,3
            a,2023-05-01T08:10:00+08:00,114.05,22.55,3
            a,2023-05-01T08:20:00+08:00,22.55,114.05
            a,2023-05-01T08:30:00+08:00,0,0,1
            a,2023-05-01T08:00:00+08:00,22.56,114.06,1
            ,2023-05-01T08:40:00+08:00,22.55,114.05,1
            a,yesterday,22.55,114.05,1
            a,1917-05-01T08:40:00+08:00,22.55,114.05,1
            a,2023-05-01 08:50:00,22.55,114.05,1
            a,2023-05-01T07:00:00+08:00,22.55,114.05,1
            a,2023-05-01T09:00:00+08:00,north,114.05,1
            a,2023-05-01T09:00:00+08:00,22.55,nan,1
            a,2023-05-01T09:10:00+08:00,20.0,114.9,1
            b,2023-05-01T01:00:00Z,22.55,114.05,1
            """);
        counts.Records.ShouldBe(14);
        counts[RecordFault.Swapped].ShouldBe(1);
        counts[RecordFault.Ragged].ShouldBe(1);
        counts[RecordFault.Outside].ShouldBe(2);
        counts[RecordFault.Duplicate].ShouldBe(1);
        counts[RecordFault.NoUser].ShouldBe(1);
        counts[RecordFault.Time].ShouldBe(2);
        counts[RecordFault.MixedZones].ShouldBe(1);
        counts[RecordFault.Coordinate].ShouldBe(2);
        counts.OutOfOrder.ShouldBe(1);
        counts.ColumnsNotUsed.ShouldBe(["speed"]);
        counts.LeftOut.ShouldBe(11);
        tracks.Users.ShouldBe(["a", "b"]);
        // In order, the first of two of one time kept; two ways to write a zone are one clock.
        tracks.AtMs.ShouldBeInOrder();
        tracks.First.ShouldBe([0, 2, 3]);
        tracks.AtMs[1].ShouldBe(new DateTimeOffset(2023, 5, 1, 8, 0, 0, TimeSpan.FromHours(8)).ToUnixTimeMilliseconds());
        tracks.AtMs[2].ShouldBe(new DateTimeOffset(2023, 5, 1, 9, 0, 0, TimeSpan.FromHours(8)).ToUnixTimeMilliseconds());
        counts.Faults.Single(f => f.Fault == RecordFault.Swapped).Examples.Single().ShouldEndWith("points.csv:3");
    }

    [Theory]
    [InlineData("id,timestamp,latitude,longitude\nx,1682899200,22.55,114.05")]
    [InlineData("uid,datetime,y,x\nx,2023-05-01 08:00,22.55,114.05")]
    [InlineData("Device_ID,T,LNG,LAT\nx,1682899200000,114.05,22.55")]
    [InlineData("vehicle,start,lat,lon\n\"x\",2023/05/01 08:00:00,22.55,114.05")]
    public void The_usual_names_and_times_are_known(string text)
    {
        (UserTracks tracks, InputCounts counts) = Read(text);
        counts.LeftOut.ShouldBe(0);
        tracks.AtMs.ShouldBe([1_682_899_200_000]);
        tracks.EastKm[0].ShouldBe((float)Area.ToKm(22.55, 114.05).EastKm, 1e-4f);
    }

    [Fact]
    public void Columns_of_other_names_can_be_stated_and_unknown_ones_are_named()
    {
        const string text = "driver,begin,phi,lambda,minutes\nx,1682899200,22.55,114.05,90";
        Should.Throw<InputException>(() => Read(text)).Message.ShouldBe($"{Points}:1:1: no column for user among driver,begin,phi,lambda,minutes; name it one of user,user_id,userid,uid,id,vehicle,vehicle_id,vehicleid,device,device_id,agent, or state it: --columns user=NAME");
        var stated = new Dictionary<string, string>(StringComparer.Ordinal) { ["user"] = "driver", ["time"] = "begin", ["lat"] = "phi", ["lon"] = "lambda", ["duration"] = "minutes" };
        (UserTracks tracks, InputCounts counts) = Read(text, stated);
        counts.LeftOut.ShouldBe(0);
        tracks.DurationS.ShouldBe([90 * 60]);
        stated["user"] = "pilot";
        Should.Throw<InputException>(() => Read(text, stated)).Message.ShouldContain("--columns names pilot for user");
    }

    [Fact]
    public void Stays_have_an_end_or_a_length()
    {
        (UserTracks tracks, InputCounts counts) = Read("user,start,end,lat,lon\nx,2023-05-01 08:00,2023-05-01 10:30,22.55,114.05\nx,2023-05-01 11:00,2023-05-01 10:30,22.55,114.05\nx,2023-05-01 12:00,2024-05-01 10:30,22.55,114.05");
        tracks.DurationS.ShouldBe([9000]);
        counts[RecordFault.Duration].ShouldBe(2);
    }

    [Fact]
    public void GeoLife_folders_are_read_with_the_folder_as_the_user()
    {
        foreach (string user in (string[])["007", "010"])
        {
            string trajectory = Directory.CreateDirectory(Path.Combine(_folder, "Data", user, "Trajectory")).FullName;
            File.WriteAllText(Path.Combine(trajectory, "20081023025304.plt"), "Geolife trajectory\r\nWGS 84\r\nAltitude is in Feet\r\nReserved 3\r\n0,2,255,My Track,0,0,2,8421376\r\n0\r\n22.55,114.05,0,492,39744.1201851852,2008-10-23,02:53:04\r\n22.5501,114.0501,0,492,39744.1202546296,2008-10-23,02:53:10\r\nbroken\r\n");
        }
        (UserTracks tracks, InputCounts counts) = ReadPath(Path.Combine(_folder, "Data"));
        tracks.Users.ShouldBe(["007", "010"]);
        counts.Files.ShouldBe(2);
        counts.Records.ShouldBe(6);
        counts[RecordFault.Ragged].ShouldBe(2);
        tracks.AtMs[0].ShouldBe(new DateTimeOffset(2008, 10, 23, 2, 53, 4, TimeSpan.Zero).ToUnixTimeMilliseconds());
    }

    [Fact]
    public void Rubbish_of_any_kind_ends_in_counts_or_in_one_line_never_in_a_crash()
    {
        var random = new Random(9);
        const string alphabet = "aZ09.,-+:T \"\n\r;é\0";
        for (int round = 0; round < 300; round++)
        {
            var text = new StringBuilder(round % 2 == 0 ? "user,time,lat,lon\n" : string.Empty);
            for (int i = 0; i < 200; i++) text.Append(alphabet[random.Next(alphabet.Length)]);
            try
            {
                Read(text.ToString());
            }
            catch (InputException e)
            {
                e.Message.ShouldStartWith(Points);
            }
        }
    }

    [Fact]
    public void Too_few_who_tell_anything_are_an_error_that_says_why()
    {
        File.WriteAllText(Points, "user,time,lat,lon\na,2023-05-01T08:00:00Z,22.55,114.05\na,2023-05-01T09:00:00Z,22.55,114.05\na,2023-05-01T10:00:00Z,22.55,114.05\nb,2023-05-01T10:00:00Z,0,0\n");
        string said = Should.Throw<InputException>(() => Estimator.Run(SmallWeeks.Shenzhen, new EstimationOptions { Inputs = [Points] }, _ => { }, TestContext.Current.CancellationToken)).Message;
        said.ShouldContain("0 of 1 users tell enough");
        said.ShouldContain("with fewer than 20 stays");
        said.ShouldContain("1 records outside");
        Should.Throw<InputException>(() => Estimator.Run(SmallWeeks.Shenzhen, new EstimationOptions { Inputs = [_folder + "/none"] }, _ => { }, TestContext.Current.CancellationToken)).Message.ShouldContain("no such file");
    }

    [Fact]
    public void Borders_say_which_district_is_where()
    {
        string? data = Environment.GetEnvironmentVariable("MOVC_DATA");
        Assert.SkipWhen(data is null, "needs ../shared/data or MOVC_DATA");
        IReadOnlyList<DistrictParameters> districts = SmallWeeks.Shenzhen.Districts;
        var area = new CityArea(districts, Borders.Read(Path.Combine(data, "shenzhen", "districts.geojson"), districts));
        for (int d = 0; d < districts.Count; d++)
        {
            (double east, double north) = area.ToKm(districts[d].LatitudeDeg, districts[d].LongitudeDeg);
            districts[area.DistrictOf(east, north)].Name.ShouldBe(districts[d].Name);
        }
        // Hong Kong, the bay, Dongguan, the open sea.
        foreach ((double latitude, double longitude) in (ReadOnlySpan<(double, double)>)[(22.28, 114.16), (22.45, 113.85), (23.02, 113.75), (22.2, 114.6)])
        {
            (double east, double north) = area.ToKm(latitude, longitude);
            area.DistrictOf(east, north).ShouldBe(-1, $"{latitude}, {longitude}");
        }
    }

    private string Points => Path.Combine(_folder, "points.csv");

    private (UserTracks Tracks, InputCounts Counts) Read(string text, Dictionary<string, string>? stated = null)
    {
        File.WriteAllText(Points, text);
        return ReadPath(Points, stated);
    }

    private static (UserTracks Tracks, InputCounts Counts) ReadPath(string path, Dictionary<string, string>? stated = null)
    {
        var counts = new InputCounts();
        var points = new PointSet();
        new RecordReader(Area, new NodaCityCalendar("Asia/Shanghai"), stated ?? [], points, counts).Read(path, _ => { }, TestContext.Current.CancellationToken);
        return (UserTracks.Of(points, counts), counts);
    }
}
