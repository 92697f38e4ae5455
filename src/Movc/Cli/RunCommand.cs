using System.CommandLine;
using Movc.Composition;
using Movc.Domain.Charging;
using Movc.Ingest.Simulation;
using Movc.Ingest.Time;

namespace Movc.Cli;

/// <summary><c>movc run</c>: a simulated city, live.</summary>
internal static class RunCommand
{
    public static Command Create()
    {
        var city = new Option<string>("--city") { Description = $"City to simulate: {string.Join(", ", SimulatedCity.KnownCities)}, or a parameter file", HelpName = "NAME|FILE.json", DefaultValueFactory = _ => "shenzhen" };
        Option<int?> vehicles = Numbers.Optional<int>("--vehicles", Numbers.Count, "a whole number, as 20000");
        (vehicles.Description, vehicles.HelpName) = ("Private electric vehicles; the city's load is scaled with them. Without it the whole city", "N");
        Option<double?> gamma = Numbers.Optional<double>("--gamma", Numbers.Real, "a number of 0 or more, as 1");
        (gamma.Description, gamma.HelpName) = ("Compensation rate: which drivers consent to vehicle-to-grid (MOVC Eqs. 12-14); default 1", "G");
        var which = new Option<ChargingCase>("--case") { Description = "How people weigh charging: base, anxious, unconcerned, power, publicAtHomePrice, ignoresPrice", HelpName = "CASE", DefaultValueFactory = _ => ChargingCase.Base };
        var common = new CommonOptions();
        var command = new Command("run", "Run the twin of a simulated city: its vehicles, its dispatch every ten minutes, its page") { city, vehicles, gamma, which };
        common.AddTo(command);
        Examples.Add(
            command,
            ("movc run", "Shenzhen with 480,000 vehicles, 60 times real time, page on http://127.0.0.1:5080"),
            ("movc run --vehicles 20000 --intervals 6 --speed max --seed 5 --json", "an hour as fast as it goes, summary as JSON"),
            ("movc run --fresh --speed 600 --hold --intervals 144", "a whole day in under three minutes, then leave the page up"));
        command.SetAction((result, cancellationToken) => Guard.RunAsync(cancellationToken, async () =>
        {
            string name = result.GetValue(city)!;
            var calendar = new NodaCityCalendar(SimulatedCity.TimeZoneOf(name));
            var options = new SimulationOptions { City = name, Vehicles = result.GetValue(vehicles), Seed = common.Seed(result), Gamma = result.GetValue(gamma), Case = result.GetValue(which) };
            OpenedCity opened = SimulatedCity.Open(options, calendar);
            var setup = new CitySetup(
                opened.Key, opened.Fleet, opened.Load, calendar, opened.Unmanaged, opened.Assumptions,
                FormattableString.Invariant($"gamma {options.Gamma ?? 1}, {options.Case} charging, parameters {opened.ParametersHash}"))
            {
                TellSteps = show => opened.Fleet.OnStep = show,
            };
            return await CityRun.ExecuteAsync(setup, common.Read(result), cancellationToken);
        }));
        return command;
    }
}
