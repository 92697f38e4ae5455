using System.Runtime.InteropServices;

namespace Movc.RollingOptimizer.Exact;

/// <summary>The part of CLP's C interface (Clp_C_Interface.h, CLP 1.17) that is used. CoinBigIndex is int in Debian's build.</summary>
internal static class ClpLibrary
{
    public const string Name = "libClp.so.1";

    public static bool IsThere { get; } = NativeLibrary.TryLoad(Name, out _);

    [DllImport(Name)]
    public static extern nint Clp_newModel();

    [DllImport(Name)]
    public static extern void Clp_deleteModel(nint model);

    [DllImport(Name)]
    public static extern void Clp_setLogLevel(nint model, int level);

    [DllImport(Name)]
    public static extern void Clp_loadProblem(
        nint model, int columns, int rows, int[] start, int[] index, double[] value,
        double[] columnLower, double[] columnUpper, double[] objective, double[] rowLower, double[] rowUpper);

    [DllImport(Name)]
    public static extern nint ClpSolve_new();

    [DllImport(Name)]
    public static extern void ClpSolve_delete(nint solve);

    /// <summary>Method 0 dual, 1 primal simplex, 3 barrier with crossover, 4 barrier without, 5 CLP's own choice.</summary>
    [DllImport(Name)]
    public static extern void ClpSolve_setSolveType(nint solve, int method, int extraInfo);

    [DllImport(Name)]
    public static extern int Clp_initialSolveWithOptions(nint model, nint solve);

    /// <summary>0 optimal, 1 primal infeasible, 2 dual infeasible, 3 stopped, 4 errors.</summary>
    [DllImport(Name)]
    public static extern int Clp_status(nint model);

    [DllImport(Name)]
    public static extern nint Clp_primalColumnSolution(nint model);

    [DllImport(Name)]
    public static extern nint Clp_dualRowSolution(nint model);
}
