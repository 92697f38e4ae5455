namespace Movc.Domain.Fleet;

/// <summary>Where the optimizer gets the fleet from, one snapshot an interval.</summary>
public interface IFleetSnapshots
{
    /// <summary>The next interval's fleet; waits for it. Null when no more will come.</summary>
    ValueTask<FleetSnapshot?> NextAsync(CancellationToken cancellationToken);
}
