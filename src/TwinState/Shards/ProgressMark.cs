using Google.Protobuf;
using Movc.EventLog.Records;
using Movc.EventLog.Wire;
using SourceProgressed = Movc.EventLog.Wire.V1.SourceProgressed;

namespace Movc.TwinState.Shards;

/// <summary>A source's mark that everything before an instant was sent.</summary>
internal static class ProgressMark
{
    /// <summary>Whether a record is the boundary told again, or an earlier one. The next boundary, where an interval had no event, is not.</summary>
    public static bool IsUpTo(long reachedMs, in LogRecord record)
    {
        for (HeaderEnumerator header = record.Headers; header.MoveNext();)
        {
            if (!header.Name.SequenceEqual(CloudEventHeaders.Type)) continue;
            if (!header.Value.SequenceEqual(EventSchemas.SourceProgressedUtf8)) return false;
            try
            {
                return SourceProgressed.Parser.ParseFrom(record.Value).AtMs <= reachedMs;
            }
            catch (InvalidProtocolBufferException)
            {
                // Poison, which the intake puts aside like any other.
                return false;
            }
        }
        return false;
    }
}
