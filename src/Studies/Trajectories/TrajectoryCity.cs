using System.Globalization;
using Movc.Domain;
using Movc.Domain.Events;
using Movc.Domain.Mobility;
using Movc.Domain.Simulation;
using Movc.Ingest.Simulation;
using Movc.Ingest.Simulation.Parameters;
using Movc.Ingest.Simulation.People;
using Movc.Ingest.Time;
using Movc.Studies.Estimation;
using Movc.Studies.Estimation.Input;
using Movc.Studies.Estimation.Stays;

namespace Movc.Studies.Trajectories;

/// <summary>A city whose vehicles move as recorded: the source, and the simulated city whose load, tariff and districts it borrows.</summary>
/// <param name="Source">What the vehicles do.</param>
/// <param name="Of">The city around them, scaled to as many vehicles.</param>
/// <param name="Calendar">City time.</param>
/// <param name="Counts">What became of the records.</param>
/// <param name="Assumptions">Printable lines with their source marks.</param>
public sealed record TrajectoryCity(TrajectoryReplay Source, OpenedCity Of, NodaCityCalendar Calendar, InputCounts Counts, IReadOnlyList<string> Assumptions)
{
    /// <summary>Opens files of records.</summary>
    /// <param name="cityName">City that the records are of: a name or a parameter file.</param>
    /// <param name="options">What to read and how; what an estimation alone needs is not looked at.</param>
    /// <param name="from">First local day; null = that of the first stay.</param>
    /// <param name="step">Told what is being done.</param>
    /// <param name="cancellationToken">Ends the job.</param>
    /// <exception cref="InputException">No such file, no column, nobody who stays anywhere, or a day after the last.</exception>
    public static TrajectoryCity Open(string cityName, EstimationOptions options, DateOnly? from, Action<string> step, CancellationToken cancellationToken)
    {
        CityParameters city = CityParameterFile.Open(cityName);
        var calendar = new NodaCityCalendar(city.TimeZone);
        var area = new CityArea(city.Districts, options.Borders is null ? [] : Borders.Read(options.Borders, city.Districts));
        var counts = new InputCounts();
        var points = new PointSet();
        var reader = new RecordReader(area, calendar, options.Columns, points, counts);
        foreach (string input in options.Inputs) reader.Read(input, step, cancellationToken);
        step("finding stays and homes");
        var tracks = UserTracks.Of(points, counts);
        if (tracks.Users.FirstOrDefault(u => System.Text.Encoding.UTF8.GetByteCount(u) is 0 or > VehicleEventRules.MaxVehicleIdBytes) is { } name)
            throw new InputException($"{string.Join(", ", options.Inputs)}: the user \"{name}\" must have 1 to {VehicleEventRules.MaxVehicleIdBytes} bytes to be a vehicle's id");
        PeopleModel people = CityPeople.Of(city);
        TimeGeoParameters mobility = ((TimeGeo)people.Mobility).Parameters;
        var rules = new StayRules { LongestGapMin = options.LongestGapMin, StraightKmPerHour = mobility.SpeedKmPerHour / mobility.Detour };
        TrajectoryStay[][] stays = TrajectoryStays.Of(tracks, rules, area, calendar, cancellationToken);
        int vehicles = stays.Count(s => s.Length > 0);
        if (vehicles == 0) throw new InputException($"{string.Join(", ", options.Inputs)}: nobody stays anywhere for {rules.ShortestMin:0} minutes in {city.Name}; is it the right --city?");
        VehicleModel model = people.Models.MaxBy(m => m.Share)!;
        var vehicle = new TrajectoryVehicle((int)Math.Round(model.CapacityKwh * 1000), (int)Math.Round(model.SlowKw * 1000), people.KwhPerKm * 1000, mobility.Detour);
        long first = stays.Where(s => s.Length > 0).Min(s => s[0].ArriveMs);
        long startMs = calendar.StartOfDayMs(from ?? DateOnly.FromDateTime(calendar.ToWall(first)));
        var source = new TrajectoryReplay($"movc:tracks/{city.City}", tracks, stays, area, vehicle, startMs);
        if (startMs >= source.EndMs)
            throw new InputException(string.Create(CultureInfo.InvariantCulture, $"--from {from:yyyy-MM-dd}: the last stay ends on {calendar.ToWall(source.EndMs!.Value - 1):yyyy-MM-dd}; give a day not after it"));
        OpenedCity around = SimulatedCity.Open(new SimulationOptions { City = cityName, Vehicles = vehicles, Seed = options.Seed, StartMs = startMs }, calendar);
        return new TrajectoryCity(source, around, calendar, counts, [TrajectoryVehicle.Assumption, .. around.Assumptions]);
    }
}
