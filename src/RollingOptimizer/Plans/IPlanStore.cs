using Movc.Domain.Queries;

namespace Movc.RollingOptimizer.Plans;

/// <summary>Keeps plans and realized intervals. A plan is durable here before its setpoints go out.</summary>
public interface IPlanStore : IDisposable
{
    /// <summary>The newest plan, or null.</summary>
    StoredPlan? Latest();

    /// <summary>The newest plans, oldest of them first; without their seconds.</summary>
    IReadOnlyList<PlanBrief> Recent(int count);

    /// <summary>What the plans so far expected of intervals from the instant on.</summary>
    IReadOnlyList<(long AtMs, ForeseenSlot Slot)> Foreseen(long fromMs);

    /// <summary>Realized intervals from the instant on, oldest first.</summary>
    IReadOnlyList<RealizedSlot> Realized(long fromMs);

    /// <summary>Stores a realized interval; the same interval again replaces it.</summary>
    /// <param name="slot">The interval.</param>
    void Add(RealizedSlot slot);

    /// <summary>Stores a plan with what it expects, and the realized interval before it if there is one, in one transaction; returns when all is durable.</summary>
    void Add(StoredPlan plan, RealizedSlot? realized);

    /// <summary>Stores a plan's bundle; the same plan's again replaces it. Returns when it is durable.</summary>
    void Add(BundleView bundle);

    /// <summary>A bundle; null where it is not kept.</summary>
    /// <param name="id">The plan; null = the newest.</param>
    BundleView? Bundle(string? id);

    /// <summary>The newest bundles, oldest of them first.</summary>
    IReadOnlyList<BundleBrief> Bundles(int count);

    /// <summary>The plans of intervals from an instant on and before another, oldest first, without their setpoints.</summary>
    IReadOnlyList<PlanHead> Heads(long fromMs, long toMs);

    /// <summary>Id and hash of every plan, oldest first.</summary>
    IReadOnlyList<(long AtMs, string Hash)> Hashes();
}
