using System.IO.Compression;
using System.Text.Json;
using Movc.Domain.Queries;

namespace Movc.RollingOptimizer.Plans;

/// <summary>How the stores keep a plan: a line that any tool can read, the whole as compressed JSON.</summary>
internal static class PlanDocument
{
    /// <summary>The whole plan: JSON, Brotli.</summary>
    public static byte[] Pack(StoredPlan plan)
    {
        using var bytes = new MemoryStream();
        using (var brotli = new BrotliStream(bytes, CompressionLevel.Fastest)) JsonSerializer.Serialize(brotli, plan);
        return bytes.ToArray();
    }

    /// <exception cref="IOException">It holds no plan.</exception>
    public static StoredPlan Unpack(byte[] document) => Unpack<StoredPlan>(document);

    /// <summary>The same without its setpoints, which are most of it.</summary>
    /// <exception cref="IOException">It holds no plan.</exception>
    public static PlanHead UnpackHead(byte[] document) => Unpack<PlanHead>(document);

    private static T Unpack<T>(byte[] document)
    {
        using var brotli = new BrotliStream(new MemoryStream(document), CompressionMode.Decompress);
        return JsonSerializer.Deserialize<T>(brotli) ?? throw new IOException("the stored plan is empty");
    }

    /// <summary>The line; stores keep no solve times, so that equal runs leave equal stores.</summary>
    public static PlanBrief Brief(long atMs, string id, string status, double objectiveKw, double boundKw) => new(
        id, DateTimeOffset.FromUnixTimeMilliseconds(atMs), status, objectiveKw, boundKw, (objectiveKw - boundKw) / Math.Max(Math.Abs(boundKw), 1), null);
}
