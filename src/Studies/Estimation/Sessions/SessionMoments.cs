using Movc.Domain.Charging;
using Movc.Domain.Events;
using Movc.Domain.Mobility;
using Movc.Domain.Simulation;
using Movc.Domain.Time;
using Movc.Ingest.Replay;

namespace Movc.Studies.Estimation.Sessions;

/// <summary>What plug sessions at one kind of place look like together.</summary>
/// <param name="Users">Users with two sessions and more.</param>
/// <param name="Sessions">Their sessions.</param>
/// <param name="PerUserWeek">Sessions after the first over the weeks from a user's first to the last.</param>
/// <param name="MeanKwh">Energy drawn in a session.</param>
/// <param name="EnergyShares">Share of sessions by energy: eleven bins of 5 kWh, the last open.</param>
/// <param name="HourShares">Share of plug-ins by hour of the day.</param>
internal sealed record SessionMoments(int Users, int Sessions, double PerUserWeek, double MeanKwh, double[] EnergyShares, double[] HourShares)
{
    private const int EnergyBins = 11, Hours = 24;
    private const double BinKwh = 5, WeekMs = 7 * 86_400_000.0;

    /// <summary>Edges of the energy bins, kWh.</summary>
    public static double[] EnergyEdges { get; } = [.. Enumerable.Range(0, EnergyBins + 1).Select(b => b * BinKwh)];

    /// <summary>Of the sessions of a file.</summary>
    /// <param name="set">Judged sessions.</param>
    /// <param name="offsetMs">Offset of the clock by which they were read.</param>
    public static SessionMoments Of(SessionSet set, Func<long, long> offsetMs)
    {
        var sums = new Sums();
        foreach (IGrouping<int, PlugInSession> user in set.Sessions.GroupBy(s => s.User))
        {
            PlugInSession[] sessions = [.. user.OrderBy(s => s.StartMs)];
            if (sessions.Length < 2) continue;
            sums.User(sessions.Length, (sessions[^1].StartMs - sessions[0].StartMs) / WeekMs);
            foreach (PlugInSession session in sessions) sums.Session(session.EnergyWh / 1000.0, (int)((session.StartMs + offsetMs(session.StartMs)) / 3_600_000 % Hours));
        }
        return sums.Moments();
    }

    /// <summary>Of a simulated fleet.</summary>
    /// <param name="people">Who.</param>
    /// <param name="place">Where.</param>
    /// <param name="vehicles">How many.</param>
    /// <param name="weeks">Weeks that count, after two of warm-up.</param>
    /// <param name="seed">Of the lives.</param>
    /// <param name="threads">0 = all processors.</param>
    public static SessionMoments Of(PeopleModel people, PlaceKind place, int vehicles, int weeks, long seed, int threads)
    {
        const int from = 2 * TravelRhythm.SlotsPerWeek;
        int until = from + (weeks * TravelRhythm.SlotsPerWeek);
        var all = new Sums();
        FleetSimulation.Run(
            people, seed, vehicles, 0, until, _ => new Sums(),
            (sums, _, life) =>
            {
                int n = 0, first = 0, last = 0;
                for (int pass = 0; pass < 2; pass++)
                {
                    if (pass == 1 && n < 2) break;
                    if (pass == 1) sums.User(n, (last - first) / (double)TravelRhythm.SlotsPerWeek);
                    for (int i = 0; i < life.Stays.Length; i++)
                    {
                        ref readonly Stay stay = ref life.Stays[i];
                        ref readonly ChargedStay charged = ref life.Charged[i];
                        if (stay.StartSlot < from || stay.Place != place || charged.Mode == ChargingMode.Park) continue;
                        if (pass == 0)
                        {
                            if (n++ == 0) first = stay.StartSlot;
                            last = stay.StartSlot;
                        }
                        else
                        {
                            sums.Session((charged.DepartKwh - charged.ArriveKwh) / people.Efficiency, stay.StartSlot % Slots.PerDay * Hours / Slots.PerDay);
                        }
                    }
                }
            },
            all.Add, threads);
        return all.Moments();
    }

    private sealed class Sums
    {
        private readonly double[] _energy = new double[EnergyBins];
        private readonly double[] _hours = new double[Hours];
        private int _users, _sessions;
        private double _after, _weeks, _kwh;

        public void User(int sessions, double weeks)
        {
            _users++;
            _after += sessions - 1;
            _weeks += weeks;
        }

        public void Session(double kwh, int hour)
        {
            _sessions++;
            _kwh += kwh;
            _energy[Math.Clamp((int)(kwh / BinKwh), 0, EnergyBins - 1)]++;
            _hours[hour]++;
        }

        public void Add(Sums other)
        {
            _users += other._users;
            _sessions += other._sessions;
            _after += other._after;
            _weeks += other._weeks;
            _kwh += other._kwh;
            for (int b = 0; b < EnergyBins; b++) _energy[b] += other._energy[b];
            for (int h = 0; h < Hours; h++) _hours[h] += other._hours[h];
        }

        public SessionMoments Moments() => new(
            _users, _sessions, _weeks > 0 ? _after / _weeks : 0, _sessions > 0 ? _kwh / _sessions : 0,
            [.. _energy.Select(e => e / Math.Max(1, _sessions))], [.. _hours.Select(h => h / Math.Max(1, _sessions))]);
    }
}
