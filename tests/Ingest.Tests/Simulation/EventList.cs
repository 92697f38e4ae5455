using System.Text;
using Movc.Domain.Events;
using Movc.Domain.Sources;

namespace Movc.Ingest.Tests.Simulation;

/// <summary>Keeps what a source emits.</summary>
internal sealed class EventList : IVehicleEventSink
{
    public List<(string Vehicle, VehicleEvent Event)> Events { get; } = [];

    public void Emit(ReadOnlySpan<byte> vehicleId, in VehicleEvent vehicleEvent) =>
        Events.Add((Encoding.UTF8.GetString(vehicleId), vehicleEvent));

    public void EmitStored(ReadOnlySpan<byte> vehicleId, EventSchema schema, long occurredAtMs, Quality quality, ReadOnlySpan<byte> payload) => throw new InvalidOperationException("nothing here was stored before");

    public void PutAside(DeadLetter letter) => throw new InvalidOperationException("a simulator puts nothing aside: " + letter.Detail);
}
