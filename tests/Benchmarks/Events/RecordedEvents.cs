using Movc.Domain.Events;
using Movc.Domain.Sources;
using Movc.Domain.Time;

namespace Movc.Benchmarks.Events;

/// <summary>What a source tells, kept in memory interval by interval, so that the path is measured and not the simulator.</summary>
internal sealed class RecordedEvents : IVehicleEventSource
{
    private readonly IVehicleEventSource _of;
    private readonly Sink _initial = new();
    private readonly List<Sink> _intervals = [];

    /// <param name="source">Whose events.</param>
    /// <param name="intervals">How many intervals from its start.</param>
    public RecordedEvents(IVehicleEventSource source, int intervals)
    {
        _of = source;
        source.EmitInitial(_initial, CancellationToken.None);
        for (int k = 0; k < intervals; k++)
        {
            var sink = new Sink();
            source.Emit(source.StartMs + (k * Slots.Ms), source.StartMs + ((k + 1) * Slots.Ms), sink, CancellationToken.None);
            _intervals.Add(sink);
        }
    }

    public string SourceUri => _of.SourceUri;

    public CityMode Mode => _of.Mode;

    public int VehicleCount => _of.VehicleCount;

    public long StartMs => _of.StartMs;

    public long? EndMs => StartMs + (_intervals.Count * Slots.Ms);

    public int Intervals => _intervals.Count;

    /// <summary>Events, the initial ones among them.</summary>
    public long Count => _initial.Count + _intervals.Sum(s => (long)s.Count);

    public void EmitInitial(IVehicleEventSink sink, CancellationToken cancellationToken) => _initial.Play(sink);

    public void Emit(long fromMs, long toMs, IVehicleEventSink sink, CancellationToken cancellationToken)
    {
        for (long at = fromMs; at < toMs; at += Slots.Ms) _intervals[(int)((at - StartMs) / Slots.Ms)].Play(sink);
    }

    private sealed class Sink : IVehicleEventSink
    {
        private readonly List<byte> _ids = [];
        private readonly List<(int IdEnd, VehicleEvent Event)> _events = [];

        public int Count => _events.Count;

        public void Emit(ReadOnlySpan<byte> vehicleId, in VehicleEvent vehicleEvent)
        {
            _ids.AddRange(vehicleId);
            _events.Add((_ids.Count, vehicleEvent));
        }

        public void EmitStored(ReadOnlySpan<byte> vehicleId, EventSchema schema, long occurredAtMs, Quality quality, ReadOnlySpan<byte> payload) => throw new InvalidOperationException("nothing here was stored before");

        public void PutAside(DeadLetter letter) => throw new InvalidOperationException($"the simulator put an event aside: {letter.Detail}");

        public void Play(IVehicleEventSink sink)
        {
            ReadOnlySpan<byte> ids = System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_ids);
            int from = 0;
            foreach (ref readonly (int IdEnd, VehicleEvent Event) entry in System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_events))
            {
                sink.Emit(ids[from..entry.IdEnd], in entry.Event);
                from = entry.IdEnd;
            }
        }
    }
}
