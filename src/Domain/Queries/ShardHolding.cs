namespace Movc.Domain.Queries;

/// <summary>Who holds a shard.</summary>
/// <param name="Shard">Shard = partition.</param>
/// <param name="Holder">The process, by its internal address, or "this process"; empty while nobody holds it.</param>
/// <param name="WriterEpoch">How often the shard was opened by a writer; 0 = not known.</param>
/// <param name="At">Interval's boundary that it handed over last; null before the first.</param>
/// <param name="Registered">Vehicles registered in it, as far as is known.</param>
public sealed record ShardHolding(int Shard, string Holder, long WriterEpoch, DateTimeOffset? At, int Registered)
{
    /// <summary>Holder of every shard of a city in one process.</summary>
    public const string ThisProcess = "this process";

    /// <summary>Of a shard's counts.</summary>
    public static ShardHolding Of(ShardStatus status, string holder) => new(status.Shard, holder, status.WriterEpoch, status.At, status.Registered);
}
