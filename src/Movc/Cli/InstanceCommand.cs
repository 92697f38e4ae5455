using System.CommandLine;
using System.Globalization;
using Movc.Domain.Charging;
using Movc.Domain.Dispatch;
using Movc.Ingest.Simulation;
using Movc.Ingest.Simulation.Parameters;
using Movc.RollingOptimizer.Model;
using Movc.Solve;
using Movc.Studies.Dispatch;

namespace Movc.Cli;

/// <summary><c>movc instance</c>: a simulated week as an instance folder.</summary>
internal static class InstanceCommand
{
    private const string Settings = "settings.json";

    public static Command Create()
    {
        var output = new Option<string>("--out") { Description = "Instance folder to write", HelpName = "DIR", Required = true };
        var city = new Option<string>("--city") { Description = "City to simulate: a name or a parameter file", HelpName = "NAME|FILE.json", DefaultValueFactory = _ => "shenzhen" };
        Option<int?> vehicles = Numbers.Optional<int>("--vehicles", text => Numbers.Count(text) is >= 1 and <= 5_000_000 and var n ? n : null, "a whole number from 1 to 5000000");
        (vehicles.Description, vehicles.HelpName) = ("Vehicles simulated, with their share of the city's load. Without it the whole city", "N");
        Option<long> seed = Numbers.Option<long>("--seed", Numbers.Whole, "a whole number, as 1");
        (seed.Description, seed.HelpName, seed.DefaultValueFactory) = ("Seed of everything drawn", "S", _ => 1);
        var season = new Option<Season>("--season") { Description = "Whose typical week the load is: spring, summer, fall, winter", HelpName = "SEASON", DefaultValueFactory = _ => Season.Summer };
        var strategy = new Option<StrategyMix>("--strategy") { Description = "Who takes part: willing (as owners decide), vws or vwc (everybody), smart (everybody, no discharging)", HelpName = "MIX", DefaultValueFactory = _ => StrategyMix.Willing };
        var which = new Option<ChargingCase>("--case") { Description = "How people weigh charging: base, anxious, unconcerned, power, publicAtHomePrice, ignoresPrice", HelpName = "CASE", DefaultValueFactory = _ => ChargingCase.Base };
        Option<double?> gamma = Numbers.Optional<double>("--gamma", text => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double g) && g is >= 0 and <= 1000 ? g : null, "a number from 0 to 1000");
        (gamma.Description, gamma.HelpName) = ("Compensation over the owners' mean damage cost", "G");
        Option<double?> satisfaction = Numbers.Optional<double>("--satisfaction", text => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double e) && e is >= 0 and <= 1 ? e : null, "a number from 0 to 1");
        (satisfaction.Description, satisfaction.HelpName) = ("Least share of the Charge Only energy at every departure", "E");
        Option<int?> days = Numbers.Optional<int>("--days", text => Numbers.Count(text) is >= 1 and <= 42 and var n ? n : null, "a whole number from 1 to 42");
        (days.Description, days.HelpName) = ("Days of the horizon, from a Monday on (default 7)", "N");
        var free = new Option<bool>("--free-end") { Description = "No floor on the energy at the horizon's end" };
        var command = new Command("instance", "Simulate a city's people and write a week of them as a dispatch problem, for movc solve or any other solver")
        {
            output, city, vehicles, seed, season, strategy, which, gamma, satisfaction, days, free,
        };
        Examples.Add(
            command,
            ("movc instance --out week && movc solve --instance week --out plan", "the whole of Shenzhen's summer week, solved"),
            ("movc instance --vehicles 3000 --season winter --strategy vws --days 1 --out day", "a small fleet's winter Monday, everybody willing"));
        command.SetAction((result, cancellationToken) => Guard.RunAsync(CancellationToken.None, async () =>
        {
            CityParameters parameters = CityParameterFile.Open(result.GetValue(city)!);
            string folder = result.GetValue(output)!;
            StagedFolder.ThrowIfTaken(folder, Settings, "--out", ResultFolder.Document);
            var options = new ModelInstanceOptions
            {
                Vehicles = result.GetValue(vehicles) ?? parameters.CityVehicles,
                Seed = result.GetValue(seed),
                Season = result.GetValue(season),
                Strategy = result.GetValue(strategy),
                Case = result.GetValue(which),
                Gamma = result.GetValue(gamma),
                Days = result.GetValue(days) ?? 7,
                Satisfaction = result.GetValue(satisfaction) ?? 0,
                FinalFloor = !result.GetValue(free),
            };
            DispatchInstance instance = await Jobs.RunAsync(
                (progress, stop) =>
                {
                    DispatchInstance x = ModelInstance.Build(parameters, options, progress.Step, stop);
                    progress.Step("writing the instance");
                    using StagedFolder staged = StagedFolder.At(folder, Settings, "--out", ResultFolder.Document);
                    InstanceFolder.Write(x, staged.Path);
                    stop.ThrowIfCancellationRequested();
                    staged.Complete();
                    return x;
                },
                cancellationToken);
            await Console.Out.WriteLineAsync(string.Create(
                CultureInfo.InvariantCulture,
                $"{folder}: {instance.VehicleCount:N0} of {options.Vehicles:N0} vehicles take part, {instance.StartSlot.Length:N0} stays, {instance.SlotCount:N0} slots, {parameters.Assumptions.Count} assumptions [G] behind it"));
            return ExitCode.Done;
        }));
        return command;
    }
}
