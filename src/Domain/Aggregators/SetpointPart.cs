namespace Movc.Domain.Aggregators;

/// <summary>The setpoints of one aggregator's vehicles in one shard that change at one interval.</summary>
/// <param name="Aggregator">Whose vehicles; empty where nothing changes in the shard.</param>
/// <param name="Shard">Shard = partition of the vehicles.</param>
/// <param name="AtMs">When they take effect, Unix milliseconds UTC.</param>
/// <param name="ValidUntilMs">When they end; afterwards the vehicle does what it does on its own.</param>
/// <param name="Vehicle">Ids.</param>
/// <param name="PowerW">Power, W, charging positive; same length.</param>
public sealed record SetpointPart(string Aggregator, int Shard, long AtMs, long ValidUntilMs, string[] Vehicle, int[] PowerW)
{
    public int Count => Vehicle.Length;
}
