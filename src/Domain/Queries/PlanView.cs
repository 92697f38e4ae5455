namespace Movc.Domain.Queries;

/// <summary>A published plan as people and machines read it.</summary>
/// <param name="Id">Interval start in city time and plan hash prefix: unique and readable.</param>
/// <param name="At">Interval that it commits.</param>
/// <param name="Index">Number of the interval since the twin's start, from 0.</param>
/// <param name="Status">solved, degraded, loose-gap, empty, audit-failed; of plans that an earlier version stored also repaired.</param>
/// <param name="Cause">Why the status is not "solved"; empty otherwise.</param>
/// <param name="ObjectiveKw">Objective of MOVC Eq. 15, kW.</param>
/// <param name="BoundKw">Certified lower bound, kW.</param>
/// <param name="Gap">(objective − bound)/max(|bound|, 1 kW).</param>
/// <param name="Seconds">Wall time of the solve, s.</param>
/// <param name="Vehicles">Vehicles dispatched: those to which a setpoint can be sent now.</param>
/// <param name="SetpointsChanged">Setpoints sent out for this interval.</param>
/// <param name="Hash">Hash of everything but times, hexadecimal.</param>
/// <param name="Seed">Seed of the solve.</param>
/// <param name="JournalPosition">Sequence of each shard that the plan was made from.</param>
/// <param name="Horizon">Planned curves.</param>
/// <param name="Audit">What the audit found.</param>
/// <param name="PublishedAt">Wall-clock time of publication.</param>
/// <param name="ObjectiveKind">flattest, or peak where each day's peak has a weight of its own (docs/math/objectives.md).</param>
/// <param name="PeakWeight">That weight, 0 to under 1, dimensionless.</param>
/// <param name="Prices">Prices that prove the bound; null in a plan that an earlier version stored.</param>
/// <param name="Forecast">How its load was foreseen; null where it was known, and in a plan that an earlier version stored.</param>
/// <param name="Promise">What it promises to drivers; null in a plan that an earlier version stored.</param>
/// <param name="Limits">Districts' limits and what the plan makes of them; null where none is limited.</param>
public sealed record PlanView(
    string Id,
    DateTimeOffset At,
    long Index,
    string Status,
    string Cause,
    double ObjectiveKw,
    double BoundKw,
    double Gap,
    double Seconds,
    int Vehicles,
    int SetpointsChanged,
    string Hash,
    ulong Seed,
    IReadOnlyList<long> JournalPosition,
    LoadCurves Horizon,
    AuditView Audit,
    DateTimeOffset PublishedAt,
    string ObjectiveKind = "flattest",
    double PeakWeight = 0,
    PriceCurve? Prices = null,
    ForecastBand? Forecast = null,
    PromiseView? Promise = null,
    IReadOnlyList<LimitView>? Limits = null);
