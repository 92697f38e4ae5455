using Movc.Domain.Aggregators;
using Movc.Domain.Events;
using Movc.Domain.Sources;

namespace Movc.Ingest.Publishing;

/// <summary>A source some of whose feeds are cut off for a while: what their vehicles do comes late, in order, once they are back. For drills.</summary>
/// <param name="source">What happens.</param>
/// <param name="outage">Which feeds, and when.</param>
/// <param name="aggregators">Whose vehicles they are.</param>
public sealed class LostFeeds(IVehicleEventSource source, FeedOutage outage, IAggregatorMap aggregators) : IVehicleEventSource
{
    private readonly List<(byte[] Id, VehicleEvent Event)> _held = [];
    private bool _isBegun;

    public string SourceUri => source.SourceUri;

    public CityMode Mode => source.Mode;

    public int VehicleCount => source.VehicleCount;

    public long StartMs => source.StartMs;

    public long? EndMs => source.EndMs;

    public void EmitInitial(IVehicleEventSink sink, CancellationToken cancellationToken) => source.EmitInitial(sink, cancellationToken);

    public void Emit(long fromMs, long toMs, IVehicleEventSink sink, CancellationToken cancellationToken)
    {
        // A run that goes on within the outage: what was held back before is held back still.
        if (!_isBegun && fromMs > outage.FromMs && fromMs < outage.ToMs) source.Emit(outage.FromMs, fromMs, new Sieve(this, null), cancellationToken);
        _isBegun = true;
        if (fromMs < outage.ToMs && toMs >= outage.ToMs)
        {
            // First what happened until its end, held back or not; then all that was.
            source.Emit(fromMs, outage.ToMs, new Sieve(this, sink), cancellationToken);
            foreach ((byte[] id, VehicleEvent e) in _held) sink.Emit(id, in e);
            _held.Clear();
            if (toMs > outage.ToMs) source.Emit(outage.ToMs, toMs, sink, cancellationToken);
            return;
        }
        source.Emit(fromMs, toMs, new Sieve(this, sink), cancellationToken);
    }

    /// <summary>Holds back what comes from feeds that are cut off.</summary>
    private sealed class Sieve(LostFeeds feeds, IVehicleEventSink? sink) : IVehicleEventSink
    {
        public void Emit(ReadOnlySpan<byte> vehicleId, in VehicleEvent vehicleEvent)
        {
            if (feeds.Holds(vehicleId, vehicleEvent.OccurredAtMs)) feeds._held.Add((vehicleId.ToArray(), vehicleEvent));
            else sink?.Emit(vehicleId, in vehicleEvent);
        }

        public void EmitStored(ReadOnlySpan<byte> vehicleId, EventSchema schema, long occurredAtMs, Quality quality, ReadOnlySpan<byte> payload) =>
            sink?.EmitStored(vehicleId, schema, occurredAtMs, quality, payload);

        public void PutAside(DeadLetter letter) => sink?.PutAside(letter);
    }

    private bool Holds(ReadOnlySpan<byte> vehicleId, long atMs) => atMs >= outage.FromMs && atMs < outage.ToMs && outage.Cuts(aggregators, aggregators.Of(vehicleId), atMs);
}
