using System.Text;
using Movc.Domain.Events;
using Movc.EventLog.Records;
using Movc.EventLog.Wire;
using Movc.EventLog.Wire.V1;

namespace Movc.EventLog.Tests.Wire;

public sealed class EventAttributesTests
{
    private static readonly (string Name, string Value)[] Good =
    [
        ("ce_specversion", "1.0"), ("ce_id", "0-7"), ("ce_source", "movc:test"), ("ce_type", "movc.vehicle.departed.v1"),
        ("ce_time", "2022-07-18T00:00:00.123Z"), ("ce_subject", "v-1"), ("ce_sequence", "7"), ("ce_quality", "stale"), ("traceparent", "00-x"),
    ];

    [Fact]
    public void What_the_writer_writes_the_reader_reads()
    {
        var random = new Random(11);
        foreach (VehicleEventType type in Enum.GetValues<VehicleEventType>())
        {
            for (int n = 0; n < 40; n++)
            {
                VehicleEvent e = Events.Draw(random, type);
                long sequence = random.NextInt64(1, long.MaxValue);
                var batch = new RecordBatch();
                VehicleEventWriter.Append(batch, "movc:sim/x"u8, "v-é"u8, sequence, 12, in e);
                VehicleEventWriter.Append(batch, "feed"u8, "v-é"u8, "an id"u8, in e);
                int index = 0;
                foreach (LogRecord record in batch)
                {
                    EventAttributes.TryRead(in record, out EventAttributes a, out string fault).ShouldBeTrue(fault);
                    Text(a.Subject).ShouldBe("v-é");
                    Text(a.Type).ShouldBe(EventSchemas.Name(EventSchemas.Of(type)));
                    a.TimeMs.ShouldBe(e.OccurredAtMs);
                    a.Quality.ShouldBe(e.Quality);
                    (Text(a.Source), Text(a.Id), a.Sequence).ShouldBe(index == 0 ? ("movc:sim/x", $"12-{sequence}", sequence) : ("feed", "an id", 0));
                    VehicleEventCodec.TryDecode(EventSchemas.Of(type), record.Value, a.TimeMs, a.Quality, out VehicleEvent back).ShouldBeTrue();
                    back.ShouldBe(e);
                    index++;
                }
                index.ShouldBe(2);
            }
        }
    }

    [Fact]
    public void Progress_travels_as_an_event_without_a_vehicle()
    {
        var batch = new RecordBatch();
        VehicleEventWriter.AppendProgress(batch, "movc:sim"u8, 1_658_102_400_000, 42);
        foreach (LogRecord record in batch)
        {
            EventAttributes.TryRead(in record, out EventAttributes a, out string fault).ShouldBeTrue(fault);
            Text(a.Type).ShouldBe(EventSchemas.SourceProgressed);
            a.Subject.IsEmpty.ShouldBeTrue();
            SourceProgressed message = SourceProgressed.Parser.ParseFrom(record.Value);
            (message.AtMs, message.NextSequence, a.TimeMs).ShouldBe((1_658_102_400_000, 42, 1_658_102_400_000));
        }
    }

    [Theory]
    [InlineData("ce_id", null, "the attribute id is missing")]
    [InlineData("ce_id", "", "the attribute id is missing")]
    [InlineData("ce_source", null, "the attribute source is missing")]
    [InlineData("ce_type", null, "the attribute type is missing")]
    [InlineData("ce_time", null, "the attribute time is not an RFC 3339 instant")]
    [InlineData("ce_time", "yesterday", "the attribute time is not an RFC 3339 instant")]
    [InlineData("ce_time", "2022-07-18T00:00:00.123", "the attribute time is not an RFC 3339 instant")]
    [InlineData("ce_sequence", "0", "the attribute sequence is not a positive whole number")]
    [InlineData("ce_sequence", "-3", "the attribute sequence is not a positive whole number")]
    [InlineData("ce_sequence", "7x", "the attribute sequence is not a positive whole number")]
    [InlineData("ce_sequence", "9223372036854775808", "the attribute sequence is not a positive whole number")]
    [InlineData("ce_quality", "Good", "the attribute quality is none of good, stale, invalid, substituted, blocked")]
    public void Each_fault_is_told_in_words(string name, string? value, string fault)
    {
        LogRecordOf(name, value is null ? null : Encoding.UTF8.GetBytes(value)).ShouldBe(fault);
    }

    [Theory]
    [InlineData("ce_id", "the attribute id is not UTF-8")]
    [InlineData("ce_source", "the attribute source is not UTF-8")]
    [InlineData("ce_subject", "the subject (vehicle id) is not UTF-8")]
    public void Attributes_that_are_not_UTF_8_are_a_fault(string name, string fault)
    {
        LogRecordOf(name, [0x76, 0xFF]).ShouldBe(fault);
    }

    [Fact]
    public void Without_a_subject_the_key_is_the_vehicle_and_without_a_quality_it_is_good()
    {
        RecordBatch batch = Build([.. Good.Where(h => h.Name is not ("ce_subject" or "ce_quality" or "ce_sequence")).Select(h => (h.Name, Encoding.UTF8.GetBytes(h.Value)))]);
        foreach (LogRecord record in batch)
        {
            EventAttributes.TryRead(in record, out EventAttributes a, out _).ShouldBeTrue();
            (Text(a.Subject), a.Quality, a.Sequence).ShouldBe(("key", Quality.Good, 0));
        }
    }

    private static string LogRecordOf(string name, byte[]? value)
    {
        (string Name, byte[] Value)[] headers =
        [
            .. Good.Where(h => value is not null || !string.Equals(h.Name, name, StringComparison.Ordinal))
                .Select(h => (h.Name, string.Equals(h.Name, name, StringComparison.Ordinal) ? value! : Encoding.UTF8.GetBytes(h.Value))),
        ];
        foreach (LogRecord record in Build(headers))
        {
            EventAttributes.TryRead(in record, out _, out string fault).ShouldBeFalse();
            return fault;
        }
        return "no record";
    }

    private static RecordBatch Build((string Name, byte[] Value)[] headers)
    {
        var batch = new RecordBatch();
        batch.Begin("key"u8);
        foreach ((string name, byte[] value) in headers) batch.AddHeader(Encoding.UTF8.GetBytes(name), value);
        batch.End([]);
        return batch;
    }

    private static string Text(ReadOnlySpan<byte> utf8) => Encoding.UTF8.GetString(utf8);
}
