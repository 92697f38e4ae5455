using Movc.Domain.Dispatch;

namespace Movc.Domain.Fleet;

/// <summary>A fleet that lives a period that is over once more, under setpoints that are given anew and that everybody follows.</summary>
public interface IFleetAgain
{
    /// <summary>The fleet at the present boundary. The first is the period's start.</summary>
    FleetSnapshot Snapshot();

    /// <summary>Gives the present interval's setpoints and goes on to the next boundary.</summary>
    /// <param name="setpoints">One batch a shard, in the snapshot's order.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>What the willing vehicles drew less what they delivered in the interval, mean kW.</returns>
    ValueTask<double> FollowAsync(IReadOnlyList<SetpointBatch> setpoints, CancellationToken cancellationToken);

    /// <summary>What it came to; after the period's last interval.</summary>
    PastRun Finish();
}
