using System.Buffers.Binary;
using System.Text;
using Movc.EventLog;
using Movc.EventLog.Records;

namespace Movc.Conformance;

/// <summary>Numbered records, written and read.</summary>
public abstract partial class EventLogConformance
{
    protected static RecordBatch One(ReadOnlySpan<byte> key, int number)
    {
        var batch = new RecordBatch(64);
        Put(batch, key, number);
        return batch;
    }

    protected static RecordBatch Many(int from, int count)
    {
        var batch = new RecordBatch();
        for (int n = from; n < from + count; n++) Put(batch, "k"u8, n);
        return batch;
    }

    protected static void Put(RecordBatch batch, ReadOnlySpan<byte> key, int number)
    {
        batch.Begin(key);
        batch.AddHeader("h"u8, "1"u8);
        BinaryPrimitives.WriteInt32LittleEndian(batch.End(4), number);
    }

    protected static List<int> Numbers(ConsumedBatch batch)
    {
        List<int> numbers = [];
        foreach (LogRecord record in batch.Records) numbers.Add(BinaryPrimitives.ReadInt32LittleEndian(record.Value));
        return numbers;
    }

    /// <summary>Reads until so many records have come, however they are cut into batches.</summary>
    protected static async Task<List<(string Key, int Number)>> ReadAsync(ILogConsumer reader, int count)
    {
        var read = new List<(string, int)>();
        while (read.Count < count) Note((await reader.ReadAsync(Token)).ShouldNotBeNull(), read);
        read.Count.ShouldBe(count);
        return read;
    }

    private static void Note(ConsumedBatch batch, List<(string, int)> read)
    {
        foreach (LogRecord record in batch.Records) read.Add((Encoding.UTF8.GetString(record.Key), BinaryPrimitives.ReadInt32LittleEndian(record.Value)));
    }

    private static int Compare(ConsumedBatch batch, List<byte[]> sent, int at)
    {
        foreach (LogRecord record in batch.Records)
        {
            HeaderEnumerator headers = record.Headers;
            headers.MoveNext().ShouldBeTrue();
            Encoding.UTF8.GetString(headers.Name).ShouldBe("ce_id");
            byte[] got = [.. record.Key, .. headers.Value, .. record.Value];
            got.ShouldBe(sent[at++]);
            headers.MoveNext().ShouldBeTrue();
            (Encoding.UTF8.GetString(headers.Name), headers.Value.Length).ShouldBe(("ce_empty", 0));
            headers.MoveNext().ShouldBeFalse();
        }
        return at;
    }
}
