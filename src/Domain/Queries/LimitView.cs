namespace Movc.Domain.Queries;

/// <summary>A district's limit in a plan.</summary>
/// <param name="District">Name of the district.</param>
/// <param name="ImportKw">Most that the vehicles at its plugs may draw together, kW; null = not limited.</param>
/// <param name="ExportKw">Most that they may deliver, kW; null = not limited.</param>
/// <param name="PlannedKw">What they draw in the plan's interval with its setpoints, kW, charging positive.</param>
/// <param name="RiseKw">Kept free because vehicles come to the plug meanwhile or do not follow: by so much more may be drawn, kW.</param>
/// <param name="DropKw">The same for what is delivered: by so much less may be drawn, kW.</param>
/// <param name="MeasuredKw">What they drew in the mean of the interval before, kW; null = not known.</param>
/// <param name="Cut">Vehicles whose setpoint was taken back so that the limit is kept in this interval.</param>
/// <param name="IsKept">Whether planned power and what is kept free are within it; not where vehicles that nobody may dispatch alone are over it.</param>
public sealed record LimitView(string District, double? ImportKw, double? ExportKw, double PlannedKw, double RiseKw, double DropKw, double? MeasuredKw, int Cut, bool IsKept);
