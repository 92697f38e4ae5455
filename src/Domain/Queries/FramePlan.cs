namespace Movc.Domain.Queries;

/// <summary>The plan in a line.</summary>
/// <param name="Promise">What it promises to drivers; null in a plan that an earlier version stored.</param>
/// <param name="AgeSeconds">Wall-clock seconds since it was published.</param>
public sealed record FramePlan(
    string Id, DateTimeOffset At, string Status, string Cause, double Gap, double ObjectiveKw, double BoundKw,
    double Seconds, double AgeSeconds, int Vehicles, int SetpointsChanged, string Hash, AuditView Audit, PromiseView? Promise = null);
