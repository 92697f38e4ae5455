using System.Text;
using Movc.Domain.Aggregators;
using Movc.Domain.Dispatch;

namespace Movc.RollingOptimizer.Setpoints;

/// <summary>Shares a shard's setpoints out among the aggregators that pass them on.</summary>
internal static class AggregatorParts
{
    /// <summary>One part an aggregator, in the order of their names; a single empty one where nothing changes, whose arrival lets the shard go on.</summary>
    /// <param name="batch">The shard's setpoints.</param>
    /// <param name="vehicleIds">Ids of its vehicles, in its order.</param>
    /// <param name="aggregators">Who passes them on.</param>
    /// <param name="probed">Those that get a part even if it is empty, so that they have something to answer.</param>
    public static IReadOnlyList<SetpointPart> Of(SetpointBatch batch, string[] vehicleIds, IAggregatorMap aggregators, IReadOnlyList<string> probed)
    {
        SetpointPart Nothing(string aggregator) => new(aggregator, batch.Shard, batch.AtMs, batch.ValidUntilMs, [], []);
        if (batch.Count == 0) return probed.Count == 0 ? [Nothing(string.Empty)] : [.. probed.Select(Nothing)];
        var rows = new List<int>?[aggregators.Names.Count];
        Span<byte> utf8 = stackalloc byte[3 * Domain.Events.VehicleEventRules.MaxVehicleIdBytes];
        for (int k = 0; k < batch.Count; k++)
        {
            int bytes = Encoding.UTF8.GetBytes(vehicleIds[k], utf8);
            (rows[aggregators.Of(utf8[..bytes])] ??= []).Add(k);
        }
        return
        [
            .. rows.Select((of, a) => (of, a)).Where(r => r.of is not null).Select(r => new SetpointPart(
                aggregators.Names[r.a], batch.Shard, batch.AtMs, batch.ValidUntilMs, [.. r.of!.Select(k => vehicleIds[k])], [.. r.of!.Select(k => batch.PowerW[k])])),
            .. probed.Where(name => !rows.Where((of, a) => of is not null && string.Equals(aggregators.Names[a], name, StringComparison.Ordinal)).Any()).Select(Nothing),
        ];
    }
}
