using System.CommandLine;
using Movc.Composition;
using Movc.Domain.Charging;
using Movc.Domain.Fleet;
using Movc.Domain.Places;
using Movc.Domain.Time;
using Movc.Ingest.Replay;
using Movc.Ingest.Simulation;
using Movc.Ingest.Time;

namespace Movc.Cli;

/// <summary>Options that say which simulated city; the same for a run in one process and for every role of a city of several.</summary>
internal sealed class SimulatedCityOptions
{
    private readonly Option<string> _city = new("--city") { Description = $"City to simulate: {string.Join(", ", SimulatedCity.KnownCities)}, or a parameter file", HelpName = "NAME|FILE.json", DefaultValueFactory = _ => "shenzhen" };
    private readonly Option<int?> _vehicles = Numbers.Optional<int>("--vehicles", Numbers.Count, "a whole number, as 20000");
    private readonly Option<double?> _gamma = Numbers.Optional<double>("--gamma", Numbers.Real, "a number of 0 or more, as 1");
    private readonly Option<string?> _load = new("--load") { Description = "Metered load of a city, a row every 10 minutes (Tetouan's format), in place of the simulated one: scaled to the same peak, on the city's wall clock", HelpName = "FILE" };
    private readonly Option<ChargingCase> _case = new("--case") { Description = "How people weigh charging: base, anxious, unconcerned, power, publicAtHomePrice, ignoresPrice", HelpName = "CASE", DefaultValueFactory = _ => ChargingCase.Base };

    public SimulatedCityOptions()
    {
        (_vehicles.Description, _vehicles.HelpName) = ("Private electric vehicles; the city's load is scaled with them. Without it the whole city", "N");
        (_gamma.Description, _gamma.HelpName) = ("Compensation rate: which drivers consent to vehicle-to-grid (MOVC Eqs. 12-14); default 1", "G");
    }

    public void AddTo(Command command)
    {
        foreach (Option option in new Option[] { _city, _vehicles, _gamma, _case, _load }) command.Options.Add(option);
    }

    /// <exception cref="Domain.InputException">Unknown city, a parameter file that is wrong, or a number outside its range.</exception>
    public CitySetup Read(ParseResult result, long seed)
    {
        string name = result.GetValue(_city)!;
        var calendar = new NodaCityCalendar(SimulatedCity.TimeZoneOf(name));
        var options = new SimulationOptions { City = name, Vehicles = result.GetValue(_vehicles), Seed = seed, Gamma = result.GetValue(_gamma), Case = result.GetValue(_case) };
        OpenedCity opened = SimulatedCity.Open(options, calendar);
        string variant = FormattableString.Invariant($"gamma {options.Gamma ?? 1}, {options.Case} charging, parameters {opened.ParametersHash}");
        if (result.GetValue(_load) is { } file)
        {
            opened = opened with { Load = MeteredLoadFile.Read(file, calendar, WeekPeakKw(opened)) };
            variant += $", load {Path.GetFileName(file)} {FileContents.Of(file)}";
        }
        return new CitySetup(
            opened.Key, opened.Fleet, opened.Load, calendar, new FleetModel(opened.Unmanaged, calendar) { Districts = new NearestRegionDistricts(opened.Regions, opened.Districts) }, opened.Assumptions, variant)
        {
            Ground = CityGround.Of(opened, calendar.TimeZone),
            Willingness = opened.Willingness,
            TellSteps = show => opened.Fleet.OnStep = show,
        };
    }

    /// <summary>Highest load of the simulated city's week, which repeats, kW.</summary>
    private static double WeekPeakKw(OpenedCity city) => Enumerable.Range(0, 7 * Slots.PerDay).Max(t => city.Load.LoadKw(city.Fleet.StartMs + (t * Slots.Ms)));
}
