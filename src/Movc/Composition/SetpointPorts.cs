using Movc.Domain.Aggregators;
using Movc.Domain.Flexibility;
using Movc.Domain.Operators;

namespace Movc.Composition;

/// <summary>What a session lets others ask of its setpoints and do to them.</summary>
/// <param name="Board">What became of them.</param>
/// <param name="Answers">Takes aggregators' answers.</param>
/// <param name="Holds">What operators hold.</param>
/// <param name="Flexibility">What vehicles can do beyond the plan.</param>
internal sealed record SetpointPorts(ISetpointQueries Board, ISetpointAnswers Answers, IDispatchHolds Holds, IFlexibility Flexibility);
