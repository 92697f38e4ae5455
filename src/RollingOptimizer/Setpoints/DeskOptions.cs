using Movc.Domain.Aggregators;
using Movc.Domain.Time;

namespace Movc.RollingOptimizer.Setpoints;

/// <summary>How setpoints are passed on and answered.</summary>
/// <param name="Aggregators">Who passes them on.</param>
public sealed record DeskOptions(IAggregatorMap Aggregators)
{
    /// <summary>City time after which a setpoint that nobody answered counts as timed out [G]: half an interval, so that the twin knows before the next plan.</summary>
    public long PatienceMs { get; init; } = Slots.Ms / 2;

    /// <summary>Answers for aggregators that are simulated within the process; null = they answer from outside, over the log or HTTP.</summary>
    public SimulatedAggregator? Inside { get; init; }
}
