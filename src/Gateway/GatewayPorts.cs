using Movc.Domain.Aggregators;
using Movc.Domain.Flexibility;
using Movc.Domain.Operators;
using Movc.Domain.Queries;
using Movc.Domain.Regret;
using Movc.Domain.Time;
using Movc.Gateway.Frames;
using Movc.Gateway.Intake;

namespace Movc.Gateway;

/// <summary>What the gateway stands on; the composition root fills it. Every member is called from many threads.</summary>
public sealed record GatewayPorts
{
    public required ITwinQueries Twin { get; init; }

    public required IPlanQueries Plans { get; init; }

    public required IRunInfo Run { get; init; }

    /// <summary>City time: says which intervals are today's.</summary>
    public required ICityCalendar Calendar { get; init; }

    public required IEventIntake Intake { get; init; }

    /// <summary>What became of setpoints; null = none are sent.</summary>
    public ISetpointQueries? Setpoints { get; init; }

    /// <summary>Takes aggregators' answers; null = none are taken.</summary>
    public ISetpointAnswers? Answers { get; init; }

    /// <summary>What operators hold; null = nothing can be held.</summary>
    public IDispatchHolds? Holds { get; init; }

    /// <summary>Answers what vehicles can do beyond the plan; null = nobody does.</summary>
    public IFlexibility? Flexibility { get; init; }

    /// <summary>What the city kept of the possible gain; null = nobody reckons it.</summary>
    public IRegret? Regret { get; init; }

    /// <summary>Finished studies; null = none are looked for.</summary>
    public IStudyQueries? Studies { get; init; }

    /// <summary>Controls the replay that runs; null = this is none.</summary>
    public IReplayControl? Replay { get; init; }

    /// <summary>Rung when a plan was published or the status changed, so that pages need not wait for the next look.</summary>
    public FrameSignal Signal { get; init; } = new();
}
