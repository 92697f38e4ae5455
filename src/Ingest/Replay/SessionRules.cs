using System.Globalization;
using Movc.Domain;
using Movc.Domain.Events;
using Movc.Ingest.Time;

namespace Movc.Ingest.Replay;

/// <summary>
/// Judges the rows of a session file. Each user's rows are taken by plug-in, then by line, and the rules apply in this order, the
/// first that fits:
/// <list type="number">
/// <item>malformed: user, plug-in or energy not told; energy negative or beyond any battery; plug-out before plug-in;</item>
/// <item>zero length: plug-out in the instant of the plug-in;</item>
/// <item>a plug-out not told becomes the user's next later plug-in among the rows that rule 1 let pass (Substituted), or stays open;</item>
/// <item>overlap: plug-in before the plug-out of the user's session used last. The earlier session stands.</item>
/// </list>
/// Rows put aside count for nothing afterwards, except that a zero-length row still proves a plug-in for rule 3.
/// </summary>
public sealed class SessionRules
{
    private readonly SessionFile _file;
    private readonly NodaCityCalendar _calendar;
    private readonly decimal _mostKwh;
    private readonly List<PlugInSession> _used = [];
    private readonly List<RefusedSession> _refused = [];
    private int _open;

    private SessionRules(SessionFile file, NodaCityCalendar calendar, ReplayParameters parameters)
    {
        _file = file;
        _calendar = calendar;
        _mostKwh = (decimal)(VehicleEventRules.MaxCapacityWh / 1000.0 / parameters.CapacityOverLargestSession);
    }

    /// <summary>Judges all rows.</summary>
    /// <exception cref="InputException">No row is left.</exception>
    public static SessionSet Apply(SessionFile file, NodaCityCalendar calendar, ReplayParameters parameters)
    {
        var rules = new SessionRules(file, calendar, parameters);
        rules.Judge();
        rules._refused.Sort((a, b) => a.Line.CompareTo(b.Line));
        if (rules._used.Count == 0)
        {
            RefusedSession first = rules._refused[0];
            throw new InputException($"{file.Path}:{first.Line}:{file.Format.PlugInColumn}: none of the {file.Rows.Count} sessions can be used, this one because {first.Detail}; mend the file");
        }

        return rules.Build();
    }

    private void Judge()
    {
        var byUser = new Dictionary<string, List<Candidate>>(StringComparer.Ordinal);
        for (int i = 0; i < _file.Rows.Count; i++)
        {
            SessionRow row = _file.Rows[i];
            if (FaultOf(row) is { } fault)
            {
                Refuse(i, DeadLetterReason.SessionMalformed, fault);
                continue;
            }

            if (!byUser.TryGetValue(row.UserId!, out List<Candidate>? list)) byUser.Add(row.UserId!, list = []);
            long? end = row.PlugOut is { } plugOut ? _calendar.ToUnixMs(plugOut) : null;
            list.Add(new Candidate(i, _calendar.ToUnixMs(row.PlugIn!.Value), end));
        }

        // Ordinal order of ids makes the vehicles' order a matter of the ids alone.
        foreach (string user in byUser.Keys.Order(StringComparer.Ordinal).ToArray())
        {
            int usedBefore = _used.Count;
            JudgeUser(user, byUser[user]);
            if (_used.Count > usedBefore) Users.Add(user);
        }
    }

    private List<string> Users { get; } = [];

    private void JudgeUser(string user, List<Candidate> candidates)
    {
        // Rows are in the file's order, and List.Sort is not stable: the row breaks the tie.
        candidates.Sort((a, b) => a.StartMs != b.StartMs ? a.StartMs.CompareTo(b.StartMs) : a.Row.CompareTo(b.Row));
        Candidate? last = null;
        long lastEnd = long.MinValue;
        for (int i = 0; i < candidates.Count; i++)
        {
            Candidate c = candidates[i];
            if (c.EndMs == c.StartMs)
            {
                Refuse(c.Row, DeadLetterReason.SessionZeroLength, $"it is plugged in and out at {Wall(_file.Rows[c.Row].PlugIn)}");
                continue;
            }

            if (c.StartMs < lastEnd)
            {
                string until = lastEnd == PlugInSession.Open ? "has no end" : $"lasts until {Wall(_calendar.ToWall(lastEnd))}";
                Refuse(c.Row, DeadLetterReason.SessionOverlaps, $"it begins at {Wall(_file.Rows[c.Row].PlugIn)} while {user}'s session on line {_file.Rows[last!.Value.Row].Line} {until}");
                continue;
            }

            lastEnd = c.EndMs ?? NextPlugIn(candidates, i);
            last = c;
            if (lastEnd == PlugInSession.Open) _open++;
            Quality quality = c.EndMs is null && lastEnd != PlugInSession.Open ? Quality.Substituted : Quality.Good;
            int energyWh = (int)Math.Round(_file.Rows[c.Row].EnergyKwh!.Value * 1000, MidpointRounding.AwayFromZero);
            _used.Add(new PlugInSession(Users.Count, c.StartMs, lastEnd, energyWh, quality));
        }
    }

    private static long NextPlugIn(List<Candidate> candidates, int i)
    {
        for (int next = i + 1; next < candidates.Count; next++)
            if (candidates[next].StartMs > candidates[i].StartMs) return candidates[next].StartMs;
        return PlugInSession.Open;
    }

    private string? FaultOf(in SessionRow row)
    {
        SessionFormat format = _file.Format;
        if (row.UserId is null) return $"{format.UserColumn} is not told";
        if (row.PlugIn is not { } plugIn) return $"{format.PlugInColumn} is not told";
        if (row.EnergyKwh is not { } energy) return $"{format.EnergyKwhColumn} is not told";
        if (energy < 0) return string.Create(CultureInfo.InvariantCulture, $"its energy of {energy} kWh is negative");
        if (energy > _mostKwh) return string.Create(CultureInfo.InvariantCulture, $"its energy of {energy} kWh is beyond any battery ({_mostKwh:0} kWh)");
        // In instants, not on the wall clock: a clock change inside a session must not turn it around.
        if (row.PlugOut is { } plugOut && _calendar.ToUnixMs(plugOut) < _calendar.ToUnixMs(plugIn))
            return $"it is plugged out at {Wall(plugOut)}, before its plug-in at {Wall(plugIn)}";
        return null;
    }

    private void Refuse(int row, DeadLetterReason reason, string detail) =>
        _refused.Add(new RefusedSession(_file.Rows[row].Line, _file.Rows[row].UserId, reason, detail, _file.RawLine(row)));

    private SessionSet Build()
    {
        int Refused(DeadLetterReason reason) => _refused.Count(r => r.Reason == reason);
        var counts = new SessionCounts(
            _file.Rows.Count,
            Users.Count,
            _used.Count,
            _used.Count(s => s.EndQuality == Quality.Substituted),
            _open,
            Refused(DeadLetterReason.SessionMalformed),
            Refused(DeadLetterReason.SessionZeroLength),
            Refused(DeadLetterReason.SessionOverlaps));
        return new SessionSet([.. Users], [.. _used], [.. _refused], counts);
    }

    private static string Wall(DateTime? time) => time!.Value.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);

    private readonly record struct Candidate(int Row, long StartMs, long? EndMs);
}
