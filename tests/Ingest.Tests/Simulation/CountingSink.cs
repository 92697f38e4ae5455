using Movc.Domain.Events;
using Movc.Domain.Sources;

namespace Movc.Ingest.Tests.Simulation;

/// <summary>Counts and folds what a source emits, without keeping it.</summary>
internal sealed class CountingSink : IVehicleEventSink
{
    public long Count { get; private set; }

    public long Hash { get; private set; }

    public void Emit(ReadOnlySpan<byte> vehicleId, in VehicleEvent vehicleEvent)
    {
        Count++;
        Hash = Hash * 31 + vehicleEvent.OccurredAtMs + (vehicleEvent.EnergyWh ?? 0) + vehicleId[^1];
    }

    public void EmitStored(ReadOnlySpan<byte> vehicleId, EventSchema schema, long occurredAtMs, Quality quality, ReadOnlySpan<byte> payload) => throw new InvalidOperationException("nothing here was stored before");

    public void PutAside(DeadLetter letter) => throw new InvalidOperationException(letter.Detail);
}
