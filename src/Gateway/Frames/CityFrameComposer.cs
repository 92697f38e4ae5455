using Movc.Domain.Metrics;
using Movc.Domain.Queries;
using Movc.Domain.Time;

namespace Movc.Gateway.Frames;

/// <summary>Makes the picture that every page shows from what the twin, the plan and the run say. Pure.</summary>
public static class CityFrameComposer
{
    /// <summary>Version of the frame's shape.</summary>
    public const int Schema = 1;

    /// <summary>Composes a frame.</summary>
    /// <param name="status">Counts of the twin.</param>
    /// <param name="plan">The plan in force, or null.</param>
    /// <param name="history">Realized intervals, oldest first, at least today's; or null.</param>
    /// <param name="run">What this run is.</param>
    /// <param name="calendar">Says which day an instant belongs to in the city.</param>
    /// <param name="now">Wall-clock time, for the plan's age.</param>
    public static CityFrame Compose(
        TwinStatus status, PlanView? plan, LoadCurves? history, IRunInfo run, ICityCalendar calendar, DateTimeOffset now) =>
        new(
            Schema,
            status.At,
            run.Mode.ToString().ToLowerInvariant(),
            run.City,
            run.TimeZone,
            run.Speed is { } speed && double.IsFinite(speed) ? speed : null,
            run.State.ToString().ToLowerInvariant(),
            LastOf(history),
            plan?.Horizon,
            status,
            plan is null ? null : PvdrOfToday(status.At ?? plan.At, plan.Horizon, history, calendar),
            plan is null ? null : ToFramePlan(plan, now),
            new FrameQuality(OverallQuality.Of(status, plan, run, now), status.VehiclesByQuality, run.LoadSource, run.Assumptions));

    /// <summary>The same frame looked at later: only the plan's age differs.</summary>
    public static CityFrame WithAge(CityFrame frame, DateTimeOffset publishedAt, DateTimeOffset now) =>
        frame.Plan is null ? frame : frame with { Plan = frame.Plan with { AgeSeconds = AgeSeconds(publishedAt, now) } };

    /// <summary>Where to start reading history so that all of yesterday and today are in it; null = everything.</summary>
    public static DateTimeOffset? HistoryFrom(DateTimeOffset? at, ICityCalendar calendar)
    {
        if (at is not { } instant) return null;
        // One hour more than the clock says, for days on which the clock was put forward or back.
        int minutes = calendar.MinuteOfDay(instant.ToUnixTimeMilliseconds()) + 25 * 60;
        return DateTimeOffset.FromUnixTimeMilliseconds(Slots.Floor(instant.ToUnixTimeMilliseconds() - minutes * 60_000L));
    }

    private static FramePlan ToFramePlan(PlanView plan, DateTimeOffset now) => new(
        plan.Id, plan.At, plan.Status, plan.Cause, plan.Gap, plan.ObjectiveKw, plan.BoundKw, plan.Seconds,
        AgeSeconds(plan.PublishedAt, now), plan.Vehicles, plan.SetpointsChanged, plan.Hash, plan.Audit, plan.Promise);

    // Never negative: two clocks may disagree by a little.
    private static double AgeSeconds(DateTimeOffset publishedAt, DateTimeOffset now) =>
        Math.Max(0, Math.Round((now - publishedAt).TotalSeconds, 3));

    private static FrameLoad? LastOf(LoadCurves? history) => history is { OriginalKw.Count: > 0 }
        ? new FrameLoad(history.OriginalKw[^1], history.ChargeOnlyKw[^1], history.AfterKw[^1])
        : null;

    /// <summary>Today's realized intervals, then those of the horizon that come after them and still begin today.</summary>
    private static FramePvdr PvdrOfToday(DateTimeOffset at, LoadCurves horizon, LoadCurves? history, ICityCalendar calendar)
    {
        int today = calendar.DayNumber(at.ToUnixTimeMilliseconds());
        Range realized = history is null ? 0..0 : SlotsOfDay(history, today, long.MinValue, calendar);
        Range planned = SlotsOfDay(horizon, today, history is { OriginalKw.Count: > 0 } ? EndMs(history) : long.MinValue, calendar);
        Pvdr Of(Func<LoadCurves, IReadOnlyList<double>> curve)
        {
            var day = new List<double>(Slots.PerDay);
            if (history is not null) Append(day, curve(history), realized);
            Append(day, curve(horizon), planned);
            return Pvdr.Of(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(day));
        }
        return new FramePvdr(
            Of(c => c.OriginalKw), Of(c => c.ChargeOnlyKw), Of(c => c.AfterKw),
            realized.End.Value - realized.Start.Value, planned.End.Value - planned.Start.Value);
    }

    private static Range SlotsOfDay(LoadCurves curves, int day, long notBeforeMs, ICityCalendar calendar)
    {
        long startMs = curves.StartAt.ToUnixTimeMilliseconds(), slotMs = curves.SlotMinutes * 60_000L;
        int count = curves.OriginalKw.Count, from = 0;
        while (from < count && (startMs + from * slotMs < notBeforeMs || calendar.DayNumber(startMs + from * slotMs) < day)) from++;
        int to = from;
        while (to < count && calendar.DayNumber(startMs + to * slotMs) == day) to++;
        return from..to;
    }

    private static long EndMs(LoadCurves curves) =>
        curves.StartAt.ToUnixTimeMilliseconds() + curves.OriginalKw.Count * curves.SlotMinutes * 60_000L;

    private static void Append(List<double> day, IReadOnlyList<double> curve, Range range)
    {
        for (int i = range.Start.Value; i < range.End.Value; i++) day.Add(curve[i]);
    }
}
