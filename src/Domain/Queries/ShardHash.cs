namespace Movc.Domain.Queries;

/// <summary>Hash of one shard's reported state; the city's is the sum modulo 2^128 (docs/events/state-hash.md).</summary>
/// <param name="Shard">Shard = partition.</param>
/// <param name="Hash">32 hexadecimal digits.</param>
public sealed record ShardHash(int Shard, string Hash);
