using System.IO.Compression;
using System.Text;
using Movc.Domain.Aggregators;
using Movc.Domain.Dispatch;
using Movc.Domain.Fleet;
using Movc.RollingOptimizer.Model;

namespace Movc.RollingOptimizer.Bundles;

/// <summary>
/// Tells each aggregator its own vehicles as the newest plans saw them, with their indices: what it needs beside a plan's bundle to derive
/// their setpoints. For several threads at once.
/// </summary>
/// <param name="aggregators">Whose a vehicle is.</param>
public sealed class PlanParts(IAggregatorMap aggregators)
{
    /// <summary>Plans that are kept: the one in force and the one before, for whoever asks late. Of 480,000 vehicles each has some 100 MB.</summary>
    public const int PlansKept = 2;

    private static readonly string[] IndexColumns = ["vehicle", "index"];
    private readonly Lock _lock = new();
    private readonly Queue<Kept> _plans = [];

    /// <summary>Takes note of a plan.</summary>
    /// <param name="planId">Its id.</param>
    /// <param name="fleet">What it was made from.</param>
    /// <param name="instance">Its problem.</param>
    /// <param name="shard">Position of each of its vehicles' shards in the fleet.</param>
    /// <param name="row">Row of each in its shard; negative for one to which nothing can be sent now.</param>
    public void Note(string planId, FleetSnapshot fleet, DispatchInstance instance, int[] shard, int[] row)
    {
        lock (_lock)
        {
            _plans.Enqueue(new Kept(planId, fleet, instance, shard, row));
            if (_plans.Count > PlansKept) _plans.Dequeue();
        }
    }

    /// <summary>An aggregator's vehicles to which that plan can send a setpoint.</summary>
    /// <param name="aggregator">Its name.</param>
    /// <param name="planId">The plan; null = the newest.</param>
    /// <returns>Null where the plan is kept no longer, or has no vehicle of the aggregator.</returns>
    public PlanPartFile? Of(string aggregator, string? planId)
    {
        Kept? plan;
        lock (_lock) plan = planId is null ? _plans.LastOrDefault() : _plans.FirstOrDefault(p => string.Equals(p.Id, planId, StringComparison.Ordinal));
        if (plan is null) return null;
        var indices = new List<int>();
        var ids = new List<string>();
        for (int i = 0; i < plan.Row.Length; i++)
        {
            ShardSnapshot shard = plan.Fleet.Shards[plan.Shard[i]];
            int row = plan.Row[i];
            // The others, as those about to leave or away, are reckoned with and get no setpoint.
            if (row < 0) continue;
            ReadOnlySpan<byte> id = shard.Ids.Utf8(shard.Vehicle[row]);
            if (!string.Equals(aggregators.Names[aggregators.Of(id)], aggregator, StringComparison.Ordinal)) continue;
            indices.Add(i);
            ids.Add(Encoding.UTF8.GetString(id));
        }
        return indices.Count == 0 ? null : new PlanPartFile(plan.Id, Zip(plan.Instance.OfVehicles([.. indices]) with { VehicleIds = ids }, indices));
    }

    private sealed record Kept(string Id, FleetSnapshot Fleet, DispatchInstance Instance, int[] Shard, int[] Row);

    private static byte[] Zip(DispatchInstance part, List<int> indices)
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("movc-part-");
        try
        {
            InstanceFolder.Write(part, folder.FullName);
            using (var lines = new CsvLines(Path.Combine(folder.FullName, "index.csv"), IndexColumns))
            {
                for (int k = 0; k < indices.Count; k++)
                {
                    lines.Text(part.VehicleIds![k]);
                    lines.Whole(indices[k]);
                    lines.EndLine();
                }
            }
            using var zip = new MemoryStream();
            ZipFile.CreateFromDirectory(folder.FullName, zip, CompressionLevel.Fastest, includeBaseDirectory: false);
            return zip.ToArray();
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
