namespace Movc.Domain.Sources;

/// <summary>
/// Anything that tells what vehicles do: a simulator, a replayed file. Deterministic: the same source emits the same
/// events in the same order for the same instants, however the time is cut into calls. That is what makes a restart exact.
/// </summary>
public interface IVehicleEventSource
{
    /// <summary>CloudEvents source, as <c>movc:sim/shenzhen</c>; stable over restarts.</summary>
    string SourceUri { get; }

    /// <summary>What the pages call this: simulated or replay.</summary>
    CityMode Mode { get; }

    /// <summary>Vehicles that this source registers.</summary>
    int VehicleCount { get; }

    /// <summary>First instant, Unix milliseconds UTC, on an interval's boundary.</summary>
    long StartMs { get; }

    /// <summary>Instant after the last event, or null for a source without end.</summary>
    long? EndMs { get; }

    /// <summary>The facts that stand at <see cref="StartMs"/>: registrations, and vehicles already plugged in (their plug-in lies before the start).</summary>
    void EmitInitial(IVehicleEventSink sink, CancellationToken cancellationToken);

    /// <summary>All events with fromMs ≤ occurred at &lt; toMs, in time order. Called with adjoining ranges from <see cref="StartMs"/> on.</summary>
    void Emit(long fromMs, long toMs, IVehicleEventSink sink, CancellationToken cancellationToken);
}
