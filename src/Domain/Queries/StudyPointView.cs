namespace Movc.Domain.Queries;

/// <summary>A point of a study in a line. PVDR over the valley, median of the days; null where it has no value.</summary>
/// <param name="Name">What differs from the other points.</param>
/// <param name="TakePart">Share of the fleet, 0 to 1.</param>
/// <param name="PvdrOriginal">Of the city without its private EVs.</param>
/// <param name="PvdrChargeOnly">With their unmanaged charging.</param>
/// <param name="PvdrAfter">After dispatch.</param>
/// <param name="PeakShavingMw">Original peak less the one after.</param>
/// <param name="ValleyFillingMw">Valley after less the original one.</param>
/// <param name="CompensationRmb">Paid in the period.</param>
/// <param name="Satisfaction">Mean over departures, 0 to 1.</param>
/// <param name="Gap">Certified.</param>
public sealed record StudyPointView(
    string Name, double TakePart, double? PvdrOriginal, double? PvdrChargeOnly, double? PvdrAfter, double PeakShavingMw, double ValleyFillingMw, double CompensationRmb, double Satisfaction, double Gap);
