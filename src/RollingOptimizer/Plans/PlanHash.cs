using System.Security.Cryptography;
using Movc.Domain.Dispatch;
using Movc.Domain.Fleet;

namespace Movc.RollingOptimizer.Plans;

/// <summary>
/// Hash of a plan: SHA-256 over, little endian, the instant (i64), every shard's journal sequence (i64), the status (u8), the
/// objective and bound (f64), the prices and the curve after dispatch (f64 each), and every setpoint sent (shard i32, vehicle
/// i32, W i32). Solve times and wall clock stay out, so two equal runs have equal hashes.
/// </summary>
public static class PlanHash
{
    /// <summary>64 lower-case hexadecimal digits.</summary>
    public static string Of(FleetSnapshot fleet, DispatchResult result, IReadOnlyList<SetpointBatch> setpoints)
    {
        using var bytes = new MemoryStream();
        using (var writer = new BinaryWriter(bytes))
        {
            writer.Write(fleet.AtMs);
            foreach (ShardSnapshot shard in fleet.Shards) writer.Write(shard.JournalSequence);
            writer.Write((byte)result.Status);
            writer.Write(result.ObjectiveKw);
            writer.Write(result.BoundKw);
            foreach (double price in result.Prices) writer.Write(price);
            foreach (double after in result.AfterKw) writer.Write(after);
            foreach (SetpointBatch batch in setpoints)
            {
                for (int k = 0; k < batch.Count; k++)
                {
                    writer.Write(batch.Shard);
                    writer.Write(batch.Vehicle[k]);
                    writer.Write(batch.PowerW[k]);
                }
            }
        }
        return Convert.ToHexStringLower(SHA256.HashData(bytes.ToArray()));
    }
}
