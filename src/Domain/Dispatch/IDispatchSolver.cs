namespace Movc.Domain.Dispatch;

/// <summary>Solves a dispatch and proves how good the answer is.</summary>
public interface IDispatchSolver
{
    /// <summary>Solves. Deterministic: the same instance, seed and warm prices give the same plan on any number of threads.</summary>
    /// <param name="instance">The problem; needs out of reach are lowered and listed.</param>
    /// <param name="seed">Seed of the sample.</param>
    /// <param name="warmPrices">Prices of the solve before, already shifted to this horizon, or null.</param>
    /// <param name="cancellationToken">Stops between sweeps.</param>
    DispatchResult Solve(DispatchInstance instance, ulong seed, double[]? warmPrices, CancellationToken cancellationToken);
}
