using Movc.Domain.Queries;
using Movc.Domain.Sources;
using Movc.Ingest.Publishing;

namespace Movc.Composition;

/// <summary>What this run is and how it goes, for the gateway.</summary>
internal sealed class RunInfo(CitySetup setup, Pace pace, TimeProvider clock) : IRunInfo
{
    private readonly Lock _lock = new();
    private (RunState State, DateTimeOffset Since, string Failure) _now = (RunState.Running, clock.GetUtcNow(), string.Empty);

    public string City => setup.City;

    public string TimeZone => setup.Calendar.TimeZone;

    public CityMode Mode => setup.Source.Mode;

    public double? Speed => pace.Speed;

    public RunState State
    {
        get { lock (_lock) return _now.State; }
    }

    public DateTimeOffset StateSince
    {
        get { lock (_lock) return _now.Since; }
    }

    public string Failure
    {
        get { lock (_lock) return _now.Failure; }
    }

    public string LoadSource => setup.Load.Description;

    public IReadOnlyList<string> Assumptions => setup.Assumptions;

    public void Finish() => Set(RunState.Finished, string.Empty);

    public void GoOn() => Set(RunState.Running, string.Empty);

    public void Fail(string why) => Set(RunState.Failed, why);

    private void Set(RunState state, string failure)
    {
        lock (_lock) _now = (state, clock.GetUtcNow(), failure);
    }
}
