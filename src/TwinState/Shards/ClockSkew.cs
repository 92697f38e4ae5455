namespace Movc.TwinState.Shards;

/// <summary>
/// How far a source's clock is ahead of the city's: events take time to come, so the least delay of an hour or two is what clocks
/// differ by and the least that the way takes. Positive = ahead. An estimate: a way that is never short looks like a clock behind.
/// </summary>
internal sealed class ClockSkew
{
    private const long WindowMs = 3_600_000;

    private long _windowStartMs = long.MinValue;
    private long? _leastMs;
    private long? _leastBeforeMs;

    /// <summary>Milliseconds, null before the first event.</summary>
    public long? AheadMs => (_leastMs, _leastBeforeMs) switch
    {
        ({ } now, { } before) => -Math.Min(now, before),
        _ => -(_leastMs ?? _leastBeforeMs),
    };

    /// <summary>Takes an event.</summary>
    /// <param name="occurredMs">By the source's clock.</param>
    /// <param name="cityMs">The city's clock when it came.</param>
    public void Add(long occurredMs, long cityMs)
    {
        if (cityMs >= _windowStartMs + WindowMs || _windowStartMs == long.MinValue)
        {
            _leastBeforeMs = _leastMs;
            _leastMs = null;
            _windowStartMs = cityMs;
        }
        long delay = cityMs - occurredMs;
        if (_leastMs is not { } least || delay < least) _leastMs = delay;
    }
}
