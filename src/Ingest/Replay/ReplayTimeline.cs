namespace Movc.Ingest.Replay;

/// <summary>
/// All plug-ins and plug-outs in their total order (instant, plug-out first, vehicle), made a day at a time, so that memory holds
/// the file's sessions once and one day of the copies' events however many copies there are.
/// </summary>
/// <remarks>
/// The file's own moments are sorted once. A day of the copies takes the moments within the day widened by the largest shift, adds
/// every copy's shift and sorts what falls inside; so a start anywhere costs a binary search and one such day.
/// A key packs the order: ms into the day (bits 33 and up), plug-in (bit 32), vehicle (bits 0-31).
/// </remarks>
internal sealed class ReplayTimeline
{
    private const long DayMs = 86_400_000;

    private readonly ReplayFleet _fleet;
    private readonly long _widestMs;
    private readonly long[] _momentMs;
    private readonly int[] _momentSession;
    private readonly bool[] _momentIsPlugIn;
    private long[] _keys = [];
    private int[] _sessions = [];
    private int _count;
    private int _from;
    private int _to;
    private long _dayStartMs;

    public ReplayTimeline(ReplayFleet fleet)
    {
        _fleet = fleet;
        foreach (long shift in fleet.ShiftMs) _widestMs = Math.Max(_widestMs, Math.Abs(shift));
        int moments = fleet.Sessions.Length + fleet.Sessions.Count(s => !s.IsOpen);
        _momentMs = new long[moments];
        _momentSession = new int[moments];
        int m = 0;
        for (int s = 0; s < fleet.Sessions.Length; s++)
        {
            PlugInSession session = fleet.Sessions[s];
            (_momentMs[m], _momentSession[m++]) = (session.StartMs, s);
            if (!session.IsOpen) (_momentMs[m], _momentSession[m++]) = (session.EndMs, ~s);
        }

        Array.Sort(_momentMs, _momentSession);
        _momentIsPlugIn = Array.ConvertAll(_momentSession, s => s >= 0);
        for (int i = 0; i < moments; i++)
            if (!_momentIsPlugIn[i]) _momentSession[i] = ~_momentSession[i];
        (FirstMs, LastMs) = Ends();
    }

    /// <summary>Instant of the first event of all.</summary>
    public long FirstMs { get; }

    /// <summary>Instant of the last event of all.</summary>
    public long LastMs { get; }

    /// <summary>Whether an instant with events is at hand.</summary>
    public bool HasCurrent => _from < _count;

    /// <summary>The instant at hand.</summary>
    public long CurrentMs => _dayStartMs + (_keys[_from] >> 33);

    /// <summary>Events of the instant at hand.</summary>
    public int CurrentCount => _to - _from;

    /// <summary>An event of the instant at hand.</summary>
    public void Current(int i, out int vehicle, out int session, out bool isPlugIn)
    {
        long key = _keys[_from + i];
        vehicle = (int)(key & 0xFFFF_FFFF);
        isPlugIn = ((key >> 32) & 1) != 0;
        session = _sessions[_from + i];
    }

    /// <summary>Goes to the first instant with events at or after the given one.</summary>
    public void Seek(long fromMs)
    {
        // UTC days: where they begin does not show in what comes out. Events lie after 1970 (SessionFile sees to it).
        _dayStartMs = fromMs / DayMs * DayMs;
        FillDay();
        _from = Array.BinarySearch(_keys, 0, _count, (fromMs - _dayStartMs) << 33);
        if (_from < 0) _from = ~_from;
        EndOfInstant();
    }

    /// <summary>Goes to the next instant with events.</summary>
    public void MoveNext()
    {
        _from = _to;
        EndOfInstant();
    }

    private void EndOfInstant()
    {
        while (_from >= _count)
        {
            if (_dayStartMs + DayMs > LastMs)
            {
                _from = _to = _count;
                return;
            }

            _dayStartMs += DayMs;
            FillDay();
            _from = 0;
        }

        long instant = _keys[_from] >> 33;
        for (_to = _from + 1; _to < _count && _keys[_to] >> 33 == instant;) _to++;
    }

    private void FillDay()
    {
        int low = LowerBound(_dayStartMs - _widestMs), high = LowerBound(_dayStartMs + DayMs + _widestMs);
        long most = (long)(high - low) * _fleet.Copies;
        if (most > _keys.Length)
        {
            _keys = new long[checked((int)most)];
            _sessions = new int[_keys.Length];
        }

        int n = 0, users = _fleet.UserCount, vehicles = _fleet.VehicleCount;
        for (int m = low; m < high; m++)
        {
            int session = _momentSession[m];
            long kind = _momentIsPlugIn[m] ? 1L << 32 : 0;
            for (int vehicle = _fleet.Sessions[session].User; vehicle < vehicles; vehicle += users)
            {
                long intoDay = _momentMs[m] + _fleet.ShiftMs[vehicle] - _dayStartMs;
                if (intoDay is < 0 or >= DayMs) continue;
                _keys[n] = (intoDay << 33) | kind | (uint)vehicle;
                _sessions[n++] = session;
            }
        }

        Array.Sort(_keys, _sessions, 0, n);
        _count = n;
    }

    private int LowerBound(long ms)
    {
        int low = 0, high = _momentMs.Length;
        while (low < high)
        {
            int middle = (low + high) >>> 1;
            if (_momentMs[middle] < ms) low = middle + 1;
            else high = middle;
        }

        return low;
    }

    private (long First, long Last) Ends()
    {
        long first = long.MaxValue, last = long.MinValue;
        for (int vehicle = 0; vehicle < _fleet.VehicleCount; vehicle++)
        {
            int user = _fleet.UserOf(vehicle);
            PlugInSession begin = _fleet.Sessions[_fleet.SessionOffset[user]];
            PlugInSession end = _fleet.Sessions[_fleet.SessionOffset[user + 1] - 1];
            first = Math.Min(first, begin.StartMs + _fleet.ShiftMs[vehicle]);
            last = Math.Max(last, (end.IsOpen ? end.StartMs : end.EndMs) + _fleet.ShiftMs[vehicle]);
        }

        return (first, last);
    }
}
