namespace Movc.Domain.Queries;

/// <summary>What was foreseen of intervals that are over, and what came, on one time axis.</summary>
/// <param name="Forecaster">How the plan in force foresees; empty before the first.</param>
/// <param name="StartAt">Start of the first interval.</param>
/// <param name="SlotMinutes">Length of an interval, minutes.</param>
/// <param name="OriginalKw">The city without its private EVs, as it was.</param>
/// <param name="HourAheadKw">As foreseen an hour before; null where nothing was.</param>
/// <param name="DayAheadKw">As foreseen a day before; null where nothing was.</param>
/// <param name="AfterKw">The city under dispatch, as it was.</param>
/// <param name="PlannedKw">As planned an hour before; null where nothing was.</param>
/// <param name="HourAhead">Error of <paramref name="HourAheadKw"/>.</param>
/// <param name="DayAhead">Error of <paramref name="DayAheadKw"/>.</param>
/// <param name="Planned">Error of <paramref name="PlannedKw"/> against <paramref name="AfterKw"/>.</param>
public sealed record ForesightView(
    string Forecaster,
    DateTimeOffset StartAt,
    int SlotMinutes,
    IReadOnlyList<double> OriginalKw,
    IReadOnlyList<double?> HourAheadKw,
    IReadOnlyList<double?> DayAheadKw,
    IReadOnlyList<double> AfterKw,
    IReadOnlyList<double?> PlannedKw,
    ForesightError HourAhead,
    ForesightError DayAhead,
    ForesightError Planned);
