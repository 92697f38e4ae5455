using System.Text;
using Movc.Domain;
using Movc.Domain.Sources;
using Movc.Ingest.Simulation;
using Movc.Ingest.Simulation.Parameters;

namespace Movc.Ingest.Tests.Simulation;

public sealed class SimulatedCityTests
{
    private static SimulationOptions Options => new() { City = "shenzhen", Vehicles = 100, Seed = 5 };

    [Fact]
    public void Shenzhen_opens_on_the_monday_of_the_summer_week()
    {
        OpenedCity city = SimulatedCity.Open(Options, Fleets.Calendar);
        SimulatedFleet source = city.Fleet;
        source.Mode.ShouldBe(CityMode.Simulated);
        source.SourceUri.ShouldBe("movc:sim/shenzhen");
        source.VehicleCount.ShouldBe(100);
        source.EndMs.ShouldBeNull();
        DateTimeOffset.FromUnixTimeMilliseconds(source.StartMs).ShouldBe(new DateTimeOffset(2022, 7, 18, 0, 0, 0, TimeSpan.FromHours(8)));
        city.Load.Description.ShouldContain("summer");
        city.Unmanaged.Tariff.ShouldNotBeNull().Levels.ShouldBe(3);
        city.ParametersHash.Length.ShouldBe(16);
        SimulatedCity.TimeZoneOf("shenzhen").ShouldBe("Asia/Shanghai");
        city.Assumptions.ShouldAllBe(a => a.StartsWith("[G] ", StringComparison.Ordinal) || a.StartsWith("[S] every vehicle stands full", StringComparison.Ordinal));
        city.Assumptions.ShouldContain(a => a.Contains("travel.speed = 21 km/h", StringComparison.Ordinal));
        city.Assumptions.ShouldNotContain(a => a.Contains("workplaceShare", StringComparison.Ordinal));
    }

    [Fact]
    public void The_season_is_that_of_the_start_unless_it_is_named()
    {
        long januaryMs = new DateTimeOffset(2023, 1, 10, 6, 0, 0, TimeSpan.FromHours(8)).ToUnixTimeMilliseconds();
        SimulatedCity.Open(Options with { StartMs = januaryMs }, Fleets.Calendar).Load.Description.ShouldContain("winter");
        SimulatedCity.Open(Options with { StartMs = januaryMs, Season = Season.Fall }, Fleets.Calendar).Load.Description.ShouldContain("fall");
    }

    [Fact]
    public void Without_a_number_the_whole_city_drives()
    {
        SimulatedCity.Open(Options with { Vehicles = null }, Fleets.Calendar).Fleet.VehicleCount.ShouldBe(480_000);
    }

    [Fact]
    public void What_the_user_gave_wrong_is_said_in_one_line()
    {
        Message(Options with { City = "atlantis" }).ShouldBe("--city: 'atlantis' is not known; known cities: beijing, guangzhou, shanghai, shenzhen");
        Message(Options with { Vehicles = 0 }).ShouldBe("--vehicles: 0 lies outside 1 to 5000000");
        Message(Options with { Vehicles = 5_000_001 }).ShouldBe("--vehicles: 5000001 lies outside 1 to 5000000");
        Message(Options with { Gamma = -1 }).ShouldContain("--gamma");
        Message(Options with { Gamma = double.NaN }).ShouldContain("--gamma");
        Message(Options with { StartMs = Fleets.MondayMs + 1 }).ShouldContain("full 10 minutes");
        Message(Options with { StartMs = 0 }).ShouldContain("outside");
    }

    private static string Message(SimulationOptions options)
    {
        string message = Should.Throw<InputException>(() => SimulatedCity.Open(options, Fleets.Calendar)).Message;
        message.ShouldNotContain("\n");
        return message;
    }

    [Theory]
    [InlineData("\"speed\": { \"value\": 21, \"unit\": \"km/h\"", "\"speed\": { \"value\": 21, \"unit\": \"mph\"", "travel.speed: unit is \"mph\"; give the value in \"km/h\"")]
    [InlineData("\"value\": 0.708, \"unit\": \"1\", \"mark\": \"S\"", "\"value\": 0.708, \"unit\": \"1\", \"mark\": \"X\"", "fleet.workplaceShare: mark must be")]
    [InlineData("\"value\": 0.708", "\"value\": 7.08", "fleet.workplaceShare: 7.08 lies outside 0 to 1")]
    [InlineData("\"value\": 0.708", "\"value\": \"many\"", "fleet.workplaceShare: must be a number")]
    [InlineData("[\"NIO\", 84, 7, 90, 0.03]", "[\"NIO\", 84, 7, 90, 0.3]", "fleet.models: shares add up to 1.28")]
    [InlineData("[\"NIO\", 84, 7, 90, 0.03]", "[\"NIO\", 84, 7, 90]", "fleet.models.rows[11]: must be a list of 5 values")]
    [InlineData("\"acPower\": \"kW\"", "\"acPower\": \"W\"", "fleet.models: columns are")]
    [InlineData("\"efficiency\"", "\"effciency\"", "charging.efficiency: is missing")]
    [InlineData("\"city\": \"shenzhen\"", "\"city\": \"Shen zhen\"", "city: 'Shen zhen' must be at most 40 small letters")]
    [InlineData("8459, -9434, 36040", "8459, -99434, 36040", "work.blocks.rows[0]: the covariance is too large")]
    [InlineData("2022-07-18T00:00:00+08:00", "yesterday", "defaultStart: 'yesterday' must be like")]
    [InlineData("\"regions\": {", "\"regions\": [", "line 59, column")]
    public void A_fault_in_a_parameter_file_is_named_by_its_path(string from, string to, string expected)
    {
        using Stream builtIn = typeof(CityParameterFile).Assembly.GetManifestResourceStream("Movc.Ingest.Simulation.Parameters.shenzhen.json")!;
        using var reader = new StreamReader(builtIn);
        string text = reader.ReadToEnd();
        text.ShouldContain(from);
        using var faulty = new MemoryStream(Encoding.UTF8.GetBytes(text.Replace(from, to, StringComparison.Ordinal)));
        string message = Should.Throw<InputException>(() => CityParameterFile.Read(faulty, "mine.json")).Message;
        message.ShouldStartWith("mine.json: ");
        message.ShouldContain(expected);
    }
}
