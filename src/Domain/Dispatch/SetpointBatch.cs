namespace Movc.Domain.Dispatch;

/// <summary>The setpoints of one shard that change at one interval. Those not named stand as they were.</summary>
/// <param name="Shard">Shard = partition of the vehicles.</param>
/// <param name="AtMs">When they take effect, Unix milliseconds UTC.</param>
/// <param name="ValidUntilMs">When they end; afterwards the vehicle does what it does on its own.</param>
/// <param name="Vehicle">Local index of each vehicle in its shard, rising.</param>
/// <param name="PowerW">Power, W, charging positive; same length.</param>
public sealed record SetpointBatch(int Shard, long AtMs, long ValidUntilMs, int[] Vehicle, int[] PowerW)
{
    public int Count => Vehicle.Length;
}
