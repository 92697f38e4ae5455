namespace Movc.EventLog;

/// <summary>Reads one partition in order.</summary>
public interface ILogConsumer : IAsyncDisposable
{
    /// <summary>In place of an offset: the earliest that the log still holds, for a reader that takes no harm from reading again.</summary>
    const long Earliest = -2;

    /// <summary>The next batch; waits for one. Completes with null when the log was closed and everything was read.</summary>
    ValueTask<ConsumedBatch?> ReadAsync(CancellationToken cancellationToken);

    /// <summary>The next batch if one is there.</summary>
    bool TryRead(out ConsumedBatch batch);

    /// <summary>Everything below the offset is durable with the reader and need not come again.</summary>
    void Acknowledge(long nextOffset);
}
