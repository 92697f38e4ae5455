namespace Movc.RollingOptimizer.Exact;

/// <summary>What was written.</summary>
/// <param name="Rows">Equations, without the objective.</param>
/// <param name="Columns">Variables.</param>
/// <param name="Lowered">Needs out of reach that were lowered first.</param>
public readonly record struct MpsSize(int Rows, int Columns, int Lowered);
