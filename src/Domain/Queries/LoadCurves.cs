namespace Movc.Domain.Queries;

/// <summary>The city's three load curves on one time axis, kW per interval (model.md §6).</summary>
/// <param name="StartAt">Start of the first interval.</param>
/// <param name="SlotMinutes">Length of an interval, minutes.</param>
/// <param name="OriginalKw">The city without its private EVs' charging.</param>
/// <param name="ChargeOnlyKw">Original plus the EVs' charging on their own.</param>
/// <param name="AfterKw">Original plus the EVs under dispatch.</param>
public sealed record LoadCurves(
    DateTimeOffset StartAt,
    int SlotMinutes,
    IReadOnlyList<double> OriginalKw,
    IReadOnlyList<double> ChargeOnlyKw,
    IReadOnlyList<double> AfterKw);
