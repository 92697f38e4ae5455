using Movc.Domain.Queries;
using Movc.Domain.Sources;

namespace Movc.Gateway.Peers;

/// <summary>What a source of events tells of itself to a gateway in another process.</summary>
public sealed record RunView(CityMode Mode, double? Speed, RunState State, DateTimeOffset StateSince, string Failure)
{
    public static RunView Of(IRunInfo run) => new(run.Mode, run.Speed, run.State, run.StateSince, run.Failure);
}
