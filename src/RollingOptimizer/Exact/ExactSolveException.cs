namespace Movc.RollingOptimizer.Exact;

/// <summary>CLP gave no optimum. The message is one line.</summary>
public sealed class ExactSolveException(string message) : Exception(message);
