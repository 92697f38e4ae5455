using System.Buffers;
using System.Buffers.Binary;
using Npgsql;

namespace Movc.TwinState.Store.Postgres;

/// <summary>
/// Writes events in PostgreSQL's binary COPY format: every row has the same twelve columns, so that it is a few stores into a buffer
/// where the driver's importer resolves a converter for each value.
/// </summary>
internal sealed class EventCopy
{
    private const string Sql = "COPY movc.events (shard, journal_sequence, vehicle, version, type, quality, occurred_at, recorded_at, source, source_sequence, previous_sequence, payload) FROM STDIN (FORMAT BINARY)";
    private const int Columns = 12;

    /// <summary>Bytes of a row without its payload: the count of columns, a length before each, and what the eleven before the last take.</summary>
    private const int RowBytes = 2 + (Columns * 4) + 60;

    private const int BufferBytes = 256 * 1024;

    /// <summary>2000-01-01 UTC, where PostgreSQL's instants begin, Unix milliseconds.</summary>
    private const long EpochMs = 946_684_800_000;

    private byte[] _buffer;
    private int _used;

    private EventCopy(byte[] buffer) => _buffer = buffer;

    private static ReadOnlySpan<byte> Signature => [(byte)'P', (byte)'G', (byte)'C', (byte)'O', (byte)'P', (byte)'Y', (byte)'\n', 0xFF, (byte)'\r', (byte)'\n', 0];

    /// <summary>Copies the events of shards' transactions inside the open transaction of a connection.</summary>
    public static async Task WriteAsync(NpgsqlConnection connection, IReadOnlyList<ShardAppend> appends, CancellationToken cancellationToken)
    {
        var copy = new EventCopy(ArrayPool<byte>.Shared.Rent(BufferBytes));
        try
        {
            await using NpgsqlRawCopyStream stream = await connection.BeginRawBinaryCopyAsync(Sql, cancellationToken);
            copy.Begin();
            foreach (ShardAppend append in appends)
            {
                for (int i = 0; i < append.Events.Count; i++)
                {
                    if (!copy.TryAdd(append, i))
                    {
                        await copy.SendAsync(stream, RowBytes + append.Payload(i).Length, cancellationToken);
                        copy.TryAdd(append, i);
                    }
                }
            }
            await copy.SendAsync(stream, sizeof(short), cancellationToken);
            copy.End();
            await copy.SendAsync(stream, 0, cancellationToken);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(copy._buffer);
        }
    }

    private void Begin()
    {
        Signature.CopyTo(_buffer);
        // Flags and the length of an extension: none.
        _buffer.AsSpan(Signature.Length, 8).Clear();
        _used = Signature.Length + 8;
    }

    private void End()
    {
        BinaryPrimitives.WriteInt16BigEndian(_buffer.AsSpan(_used), -1);
        _used += sizeof(short);
    }

    /// <summary>Puts a row into the buffer; false when it does not fit.</summary>
    private bool TryAdd(ShardAppend append, int index)
    {
        ReadOnlySpan<byte> payload = append.Payload(index);
        if (_used + RowBytes + payload.Length > _buffer.Length) return false;
        EventRow row = append.Events[index];
        Span<byte> at = _buffer.AsSpan(_used, RowBytes + payload.Length);
        BinaryPrimitives.WriteInt16BigEndian(at, Columns);
        at = at[2..];
        Put(ref at, append.Shard);
        Put(ref at, row.JournalSequence);
        Put(ref at, row.Vehicle);
        Put(ref at, row.Version);
        Put(ref at, (short)row.Schema);
        Put(ref at, (short)row.Quality);
        Put(ref at, (row.OccurredMs - EpochMs) * 1000);
        Put(ref at, (row.RecordedMs - EpochMs) * 1000);
        Put(ref at, row.Source);
        Put(ref at, row.SourceSequence);
        Put(ref at, row.PreviousSequence);
        BinaryPrimitives.WriteInt32BigEndian(at, payload.Length);
        payload.CopyTo(at[4..]);
        _used += RowBytes + payload.Length;
        return true;
    }

    /// <summary>Sends what is in the buffer and makes room.</summary>
    private async ValueTask SendAsync(NpgsqlRawCopyStream stream, int room, CancellationToken cancellationToken)
    {
        await stream.WriteAsync(_buffer.AsMemory(0, _used), cancellationToken);
        _used = 0;
        if (room <= _buffer.Length) return;
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = ArrayPool<byte>.Shared.Rent(room);
    }

    private static void Put(ref Span<byte> at, short value)
    {
        BinaryPrimitives.WriteInt32BigEndian(at, sizeof(short));
        BinaryPrimitives.WriteInt16BigEndian(at[4..], value);
        at = at[(4 + sizeof(short))..];
    }

    private static void Put(ref Span<byte> at, int value)
    {
        BinaryPrimitives.WriteInt32BigEndian(at, sizeof(int));
        BinaryPrimitives.WriteInt32BigEndian(at[4..], value);
        at = at[(4 + sizeof(int))..];
    }

    private static void Put(ref Span<byte> at, long value)
    {
        BinaryPrimitives.WriteInt32BigEndian(at, sizeof(long));
        BinaryPrimitives.WriteInt64BigEndian(at[4..], value);
        at = at[(4 + sizeof(long))..];
    }
}
