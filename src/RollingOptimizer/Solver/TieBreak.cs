namespace Movc.RollingOptimizer.Solver;

/// <summary>Which of several plans with the same objective is taken.</summary>
public enum TieBreak
{
    /// <summary>The deepest valley fills and the highest peak falls first.</summary>
    Flattest,

    /// <summary>Whichever slot comes first.</summary>
    None,
}
