using Movc.Domain.Charging;
using Movc.Domain.Simulation;
using Movc.Domain.Sources;
using Movc.Ingest.Simulation;
using Movc.Ingest.Simulation.Parameters;
using Movc.Ingest.Simulation.People;

namespace Movc.Ingest.Tests.Simulation;

internal static class Fleets
{
    public const long MinuteMs = 60_000;
    public const long HourMs = 3_600_000;
    public const long DayMs = 86_400_000;

    public static readonly CityParameters Shenzhen = CityParameterFile.BuiltIn("shenzhen");

    public static readonly FixedOffsetCalendar Calendar = new();

    /// <summary>Monday 2022-07-18 0:00 in Shenzhen.</summary>
    public static long MondayMs => Shenzhen.DefaultStartMs;

    public static PeopleModel People(double? gamma = null) => CityPeople.Of(Shenzhen, ChargingCase.Base, gamma) with { Departures = DeclaredDepartures.Kept };

    public static SimulatedFleet Fleet(int vehicles, long seed, long? startMs = null, double? gamma = null) =>
        new(Shenzhen, People(gamma), vehicles, seed, startMs ?? MondayMs, Calendar);

    /// <summary>The initial facts and so many days.</summary>
    public static EventList Run(SimulatedFleet fleet, double days)
    {
        var list = new EventList();
        fleet.PlayInitial(list);
        fleet.Play(fleet.StartMs, fleet.StartMs + (long)(days * DayMs), list);
        return list;
    }

    public static void PlayInitial(this IVehicleEventSource source, IVehicleEventSink sink) =>
        source.EmitInitial(sink, TestContext.Current.CancellationToken);

    public static void Play(this IVehicleEventSource source, long fromMs, long toMs, IVehicleEventSink sink) =>
        source.Emit(fromMs, toMs, sink, TestContext.Current.CancellationToken);
}
