namespace Movc.Studies.Points;

/// <summary>What independent batches come to beside the whole city at once.</summary>
/// <param name="Batches">How many.</param>
/// <param name="ObjectiveKw">Objective of all schedules together against the whole load, kW of the whole city.</param>
/// <param name="GainLost">Share of what the whole-city plan gains over Charge Only that the batches miss: 0 none, 1 all.</param>
/// <param name="After">The load after it.</param>
/// <param name="DischargedMwh">Given back by all.</param>
/// <param name="LargestGap">The loosest certified gap of a batch.</param>
public sealed record BatchFigures(int Batches, double ObjectiveKw, double GainLost, LoadFigures After, double DischargedMwh, double LargestGap);
