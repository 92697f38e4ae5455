namespace Movc.Audit;

/// <summary>
/// How far a plan may be off by arithmetic alone. Each stands under half of the smallest fault that must be caught
/// (1 W over a limit, 1 Wh under a need) and far over the rounding of a solver that works in fixed point.
/// </summary>
public static class AuditTolerances
{
    /// <summary>Power over a stay's limit, W.</summary>
    public const double PowerW = 0.5;

    /// <summary>Power outside stays, W: it has to be zero, so that only the rounding of a division is let pass.</summary>
    public const double AwayW = 1e-3;

    /// <summary>Stored energy beyond a bound, Wh.</summary>
    public const double EnergyWh = 0.5;

    /// <summary>A setpoint further from zero than its schedule, W: rounding to the nearest watt.</summary>
    public const double SetpointOverW = 0.5 + 1e-6;

    /// <summary>A setpoint nearer to zero than its schedule, W, exclusive: the fraction of a watt may be cut off, which is always feasible.</summary>
    public const double SetpointUnderW = 1 - 1e-6;

    /// <summary>Load after dispatch, kW, beside <see cref="LoadRelative"/>.</summary>
    public const double LoadKw = 1e-3;

    /// <summary>Load after dispatch, relative to the slot's load.</summary>
    public const double LoadRelative = 1e-9;

    /// <summary>Objective and bound, relative to max(|value|, 1 kW).</summary>
    public const double ObjectiveRelative = 1e-6;

    /// <summary>A price beyond ±1, and a day's sum per slot of the day, dimensionless.</summary>
    public const double Price = 1e-9;

    internal static double OfObjective(double valueKw) => ObjectiveRelative * Math.Max(Math.Abs(valueKw), 1.0);

    internal static double OfLoad(double loadKw) => LoadKw + LoadRelative * Math.Abs(loadKw);
}
