namespace Movc.RollingOptimizer.Plans;

/// <summary>What the city did in one interval that is over, kW.</summary>
public readonly record struct RealizedSlot(long AtMs, double OriginalKw, double ChargeOnlyKw, double AfterKw);
