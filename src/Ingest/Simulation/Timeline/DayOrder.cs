namespace Movc.Ingest.Simulation.Timeline;

/// <summary>
/// The moments of one day in time order: a counting sort over the day's seconds. Moments of one second keep the order in which
/// they were added. Filled in two passes over the same moments, count then add; the arrays are kept from day to day.
/// </summary>
internal sealed class DayOrder
{
    private long _startMs;
    private int _seconds;

    // Layout: codes of second s are _code[_first[s] .. _first[s + 1]).
    private int[] _first = [];
    private int[] _cursor = [];
    private int[] _code = [];

    public void Begin(long startMs, long endMs)
    {
        _startMs = startMs;
        _seconds = (int)((endMs - startMs) / 1000);
        if (_first.Length < _seconds + 1)
        {
            _first = new int[_seconds + 1];
            _cursor = new int[_seconds + 1];
        }
        Array.Clear(_first);
    }

    /// <summary>Announces a moment; one outside the day is passed over.</summary>
    public void Count(long atMs)
    {
        long second = (atMs - _startMs) / 1000;
        if (atMs >= _startMs && second < _seconds) _first[second + 1]++;
    }

    public void EndCount()
    {
        for (int s = 0; s < _seconds; s++) _first[s + 1] += _first[s];
        int total = _first[_seconds];
        // A tenth in reserve, so that the next days, a little fuller, need no new array.
        if (_code.Length < total) _code = new int[total + total / 10];
        Array.Copy(_first, _cursor, _seconds + 1);
    }

    public void Add(long atMs, int code)
    {
        long second = (atMs - _startMs) / 1000;
        if (atMs >= _startMs && second < _seconds) _code[_cursor[second]++] = code;
    }

    /// <summary>Codes of the moments with fromMs ≤ time &lt; toMs; moments lie on whole seconds of the day.</summary>
    public ReadOnlySpan<int> Range(long fromMs, long toMs)
    {
        int from = _first[Ceiling(fromMs)];
        return _code.AsSpan(from, _first[Ceiling(toMs)] - from);
    }

    private int Ceiling(long ms) => (int)Math.Clamp((ms - _startMs + 999) / 1000, 0, _seconds);
}
