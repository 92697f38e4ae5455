using Movc.EventLog.Records;

namespace Movc.EventLog.Tests.Records;

public sealed class RecordBatchTests
{
    [Fact]
    public void What_is_put_into_a_batch_comes_out_whatever_its_bytes()
    {
        var random = new Random(7);
        for (int round = 0; round < 300; round++)
        {
            (byte[] Key, (byte[] Name, byte[] Value)[] Headers, byte[] Value)[] records =
            [
                .. Enumerable.Range(0, random.Next(12)).Select(_ =>
                    (Bytes(random, 70), Enumerable.Range(0, random.Next(5)).Select(_ => (Bytes(random, 255), Bytes(random, 900))).ToArray(), Bytes(random, 3000))),
            ];
            var batch = new RecordBatch(random.Next(1, 64));
            foreach ((byte[] key, (byte[] Name, byte[] Value)[] headers, byte[] value) in records)
            {
                batch.Begin(key);
                foreach ((byte[] name, byte[] text) in headers) batch.AddHeader(name, text);
                batch.End(value);
            }
            batch.Count.ShouldBe(records.Length);
            int index = 0;
            foreach (LogRecord record in batch)
            {
                record.Key.ToArray().ShouldBe(records[index].Key);
                record.Value.ToArray().ShouldBe(records[index].Value);
                int header = 0;
                HeaderEnumerator headers = record.Headers;
                while (headers.MoveNext())
                {
                    headers.Name.ToArray().ShouldBe(records[index].Headers[header].Name);
                    headers.Value.ToArray().ShouldBe(records[index].Headers[header].Value);
                    header++;
                }
                header.ShouldBe(records[index].Headers.Length);
                index++;
            }
            index.ShouldBe(records.Length);
        }
    }

    [Fact]
    public void The_largest_header_fits_and_a_larger_one_is_refused()
    {
        var batch = new RecordBatch();
        batch.Begin("k"u8);
        batch.AddHeader(new byte[255], new byte[65_535]);
        batch.End([]);
        foreach (LogRecord record in batch)
        {
            HeaderEnumerator headers = record.Headers;
            headers.MoveNext().ShouldBeTrue();
            (headers.Name.Length, headers.Value.Length).ShouldBe((255, 65_535));
        }
        Should.Throw<OverflowException>(() => new RecordBatch().AddHeader(new byte[256], []));
        Should.Throw<OverflowException>(() => new RecordBatch().AddHeader([], new byte[65_536]));
    }

    [Fact]
    public void A_batch_is_full_at_its_target_size_and_records_must_be_ended()
    {
        var batch = new RecordBatch();
        while (!batch.IsFull)
        {
            batch.Begin("key"u8);
            batch.End(new byte[1000]);
        }
        batch.Bytes.ShouldBeInRange(RecordBatch.TargetBytes, RecordBatch.TargetBytes + 1015);
        Should.Throw<InvalidOperationException>(() => batch.End("x"u8));
        batch.Begin("key"u8);
        Should.Throw<InvalidOperationException>(() => batch.Begin("key"u8));
    }

    private static byte[] Bytes(Random random, int most)
    {
        var bytes = new byte[random.Next(most + 1)];
        random.NextBytes(bytes);
        return bytes;
    }
}
