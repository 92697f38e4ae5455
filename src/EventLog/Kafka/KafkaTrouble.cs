using Confluent.Kafka;

namespace Movc.EventLog.Kafka;

/// <summary>What a client told last of its connection, in one line.</summary>
internal sealed class KafkaTrouble
{
    private string? _last;

    public string? Last => Volatile.Read(ref _last);

    // "All brokers down" follows the error that says why; the reason is what helps.
    public void Note(Error error)
    {
        if (error.Code != ErrorCode.Local_AllBrokersDown || Last is null) Volatile.Write(ref _last, error.Reason.ReplaceLineEndings(" "));
    }
}
