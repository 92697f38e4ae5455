using System.CommandLine;
using System.Globalization;
using Movc.Composition;
using Movc.Domain;
using Movc.Domain.Queries;
using Movc.Ingest.Time;
using Movc.Output;
using Movc.TwinState.History;

namespace Movc.Cli;

/// <summary><c>movc state</c>: a city, a district or a vehicle at an instant of the past, and a vehicle's whole history.</summary>
internal static class StateCommand
{
    public static Command Create()
    {
        var store = new StoreArguments();
        var at = new Option<string?>("--at") { Description = "Instant: 2022-07-18T18:30:00Z, with an offset, or \"2022-07-18 18:30\" in the city's time; without it the newest that is stored", HelpName = "TIME" };
        var vehicle = new Option<string?>("--vehicle") { Description = "One vehicle", HelpName = "ID" };
        var history = new Option<bool>("--history") { Description = "All events of the vehicle, with when they happened and when they came" };
        var district = new Option<string?>("--district") { Description = "One district", HelpName = "NAME" };
        var json = new Option<bool>("--json") { Description = "Print the result as one JSON document on standard output" };
        var command = new Command("state", "Show a stored city as it was known at any instant: by district, or one vehicle, or all that a vehicle ever told") { at, vehicle, history, district, json };
        store.AddTo(command);
        command.Validators.Add(result =>
        {
            bool isVehicle = result.GetResult(vehicle) is { Implicit: false };
            if (result.GetValue(history) && !isVehicle) result.AddError("--history is of a vehicle: give --vehicle too");
            if (isVehicle && result.GetResult(district) is { Implicit: false }) result.AddError("--vehicle and --district ask for two things: leave one of them out");
            if (result.GetValue(history) && result.GetResult(at) is { Implicit: false }) result.AddError("--history shows everything, --at one instant: leave one of them out");
        });
        Examples.Add(
            command,
            ("movc state --at \"2022-07-18 18:30\"", "the city in ./data half past six, by district"),
            ("movc state --at 2022-07-18T10:30:00Z --vehicle SZ-000042 --json", "one vehicle then"),
            ("movc state --vehicle SZ-000042 --history", "everything it told, with both times and sources"));
        command.SetAction((result, cancellationToken) => Guard.RunAsync(CancellationToken.None, async () =>
        {
            await using StoredCity city = await store.OpenAsync(result, toWrite: false, cancellationToken);
            var past = new PastReader(city.Events, city.Ground.Model(), city.Ground.DistrictMap());
            bool asJson = result.GetValue(json);
            if (result.GetValue(history)) return await HistoryAsync(past, city, result.GetValue(vehicle)!, asJson, cancellationToken);
            PastSpan span = await past.PastSpanAsync(cancellationToken) ?? throw new InputException($"{city.Where}: no interval has begun yet; run the city first");
            var calendar = new NodaCityCalendar(city.Ground.TimeZone);
            DateTimeOffset instant = result.GetValue(at) is { } text ? Instants.Parse("--at", text, calendar) : span.To;
            if (instant < span.From || instant > span.To)
                throw new InputException(string.Create(CultureInfo.InvariantCulture, $"--at {Local(instant, calendar)}: lies outside what is stored; give an instant from {Local(span.From, calendar)} to {Local(span.To, calendar)}"));
            if (result.GetValue(vehicle) is { } id)
            {
                VehicleView view = await past.PastVehicleAsync(id, instant, cancellationToken) ?? throw new InputException($"--vehicle \"{id}\": was not registered at {Local(instant, calendar)}; ids are case-sensitive");
                await ShowAsync(view, instant, calendar, asJson);
                return ExitCode.Done;
            }
            CityStateView state = await Jobs.RunAsync(
                (progress, token) =>
                {
                    progress.Step("folding from the nearest snapshots");
                    return past.PastCityAsync(instant, token).AsTask().GetAwaiter().GetResult();
                },
                cancellationToken) ?? throw new InputException("the store changed meanwhile; ask again");
            if (result.GetValue(district) is { } name)
            {
                DistrictView only = state.Districts.FirstOrDefault(d => string.Equals(d.Name, name, StringComparison.OrdinalIgnoreCase))
                    ?? throw new InputException($"--district \"{name}\": {(state.Districts.Count == 0 ? "the city knows no districts" : $"give one of {string.Join(", ", state.Districts.Select(d => d.Name))}")}");
                state = state with { Districts = [only] };
            }
            if (asJson) await Documents.WriteAsync(state);
            else await ShowAsync(city, state, calendar);
            return ExitCode.Done;
        }));
        return command;
    }

    private static async Task<int> HistoryAsync(PastReader past, StoredCity city, string vehicle, bool asJson, CancellationToken cancellationToken)
    {
        IReadOnlyList<VehicleEventView> events = await past.HistoryAsync(vehicle, int.MaxValue, cancellationToken)
            ?? throw new InputException($"--vehicle \"{vehicle}\": was never registered in {city.Where}; ids are case-sensitive");
        if (asJson)
        {
            await Documents.WriteAsync(new { vehicle, events });
            return ExitCode.Done;
        }
        var calendar = new NodaCityCalendar(city.Ground.TimeZone);
        await Console.Out.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{vehicle}: {events.Count:N0} events, those taken in first at the top; happened in {city.Ground.TimeZone}, taken in UTC"));
        foreach (VehicleEventView e in events.Reverse())
        {
            await Console.Out.WriteLineAsync(string.Create(
                CultureInfo.InvariantCulture,
                $"{e.Version,5}  {Local(e.OccurredAt, calendar)}  {e.RecordedAt:yyyy-MM-dd HH:mm:ss}  {e.Quality,-11}  {e.Type["movc.vehicle.".Length..],-28}  {e.Source}{(e.Sequence is { } n ? $" #{n}" : string.Empty)}"));
        }
        return ExitCode.Done;
    }

    private static async Task ShowAsync(VehicleView v, DateTimeOffset at, NodaCityCalendar calendar, bool asJson)
    {
        if (asJson)
        {
            await Documents.WriteAsync(new { at, vehicle = v });
            return;
        }
        string Number(double? value, string unit) => value is { } n ? string.Create(CultureInfo.InvariantCulture, $"{n:0.##} {unit}") : "not known";
        await Console.Out.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture,
            $"""
            {v.Id} at {Local(at, calendar)} {calendar.TimeZone}, as it was known then
              {(v.Plugged ? "plugged in" : "not plugged in")}, {v.Consent}; quality {v.Quality}; last heard of {Local(v.LastEventAt, calendar)} (event {v.Version})
              energy {Number(v.EstimatedEnergyKwh, "kWh")} of {Number(v.CapacityKwh, "kWh")} estimated, {Number(v.ReportedEnergyKwh, "kWh")} reported
              setpoint {(v.SetpointKw is null ? "none" : Number(v.SetpointKw, "kW"))}{(v.DeclaredDeparture is { } d ? $"; declared departure {Local(d, calendar)}" : string.Empty)}
            """));
    }

    private static async Task ShowAsync(StoredCity city, CityStateView state, NodaCityCalendar calendar)
    {
        await Console.Out.WriteLineAsync($"{city.Ground.City} at {Local(state.At, calendar)} {calendar.TimeZone}, as it was known then; state hash {state.StateHash}");
        await Console.Out.WriteLineAsync($"{"",-20}{"vehicles",10}{"plugged",10}{"available",11}{"driving",10}{"MW now",10}{"MW alone",10}{"MWh",10}   measured  stale  imputed");
        foreach (DistrictView d in (IEnumerable<DistrictView>)[.. state.Districts, state.City])
        {
            await Console.Out.WriteLineAsync(string.Create(
                CultureInfo.InvariantCulture,
                $"{d.Name,-20}{d.Vehicles,10:N0}{d.Plugged,10:N0}{d.Available,11:N0}{d.Driving,10:N0}{d.PowerKw / 1000,10:0.00}{d.ChargeOnlyKw / 1000,10:0.00}{d.StoredKwh / 1000,10:N1}   {d.VehicleQuality.Measured * 100,7:0} %{d.VehicleQuality.Stale * 100,5:0} %{d.VehicleQuality.Imputed * 100,7:0} %"));
        }
    }

    private static string Local(DateTimeOffset at, NodaCityCalendar calendar) => Instants.Local(at, calendar);
}
