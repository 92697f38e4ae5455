namespace Movc.Studies.Points;

/// <summary>All that a study point comes to.</summary>
/// <param name="Figures">Numbers.</param>
/// <param name="Curves">Values by slot.</param>
public sealed record PointAnswer(PointResult Figures, PointCurves Curves);
