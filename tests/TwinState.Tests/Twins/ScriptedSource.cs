using System.Text;
using Movc.Domain.Events;
using Movc.Domain.Sources;
using Movc.Domain.Time;

namespace Movc.TwinState.Tests.Twins;

/// <summary>Emits a list of events, in time order, and what it puts aside.</summary>
internal sealed class ScriptedSource(IReadOnlyList<(string Vehicle, VehicleEvent Event)> script, long startMs, int slots, string uri = "movc:script") : IVehicleEventSource
{
    public string SourceUri => uri;

    public CityMode Mode => CityMode.Simulated;

    public int VehicleCount => script.Select(s => s.Vehicle).Distinct(StringComparer.Ordinal).Count();

    public long StartMs => startMs;

    public long? EndMs => startMs + (slots * Slots.Ms);

    /// <summary>Put aside at the instant.</summary>
    public List<(long AtMs, DeadLetter Letter)> Aside { get; } = [];

    /// <summary>Told at an instant after they happened.</summary>
    public List<(long ToldMs, string Vehicle, VehicleEvent Event)> Late { get; } = [];

    public void EmitInitial(IVehicleEventSink sink, CancellationToken cancellationToken) => EmitRange(long.MinValue, startMs, sink);

    public void Emit(long fromMs, long toMs, IVehicleEventSink sink, CancellationToken cancellationToken) => EmitRange(fromMs, toMs, sink);

    private void EmitRange(long fromMs, long toMs, IVehicleEventSink sink)
    {
        // Kept in the script's own order: an event's place in it may differ from when it says it happened.
        foreach ((string vehicle, VehicleEvent e) in script)
        {
            if (e.OccurredAtMs >= fromMs && e.OccurredAtMs < toMs) sink.Emit(Encoding.UTF8.GetBytes(vehicle), in e);
        }
        foreach ((long toldMs, string vehicle, VehicleEvent e) in Late)
        {
            if (toldMs >= fromMs && toldMs < toMs) sink.Emit(Encoding.UTF8.GetBytes(vehicle), in e);
        }
        foreach ((long atMs, DeadLetter letter) in Aside)
        {
            if (atMs >= fromMs && atMs < toMs) sink.PutAside(letter);
        }
    }
}
