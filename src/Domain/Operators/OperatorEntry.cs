namespace Movc.Domain.Operators;

/// <summary>One line of the operators' log.</summary>
/// <param name="RecordedAt">Wall clock.</param>
/// <param name="At">City time.</param>
/// <param name="Action">hold, resume, limit or unlimit.</param>
/// <param name="Scope">What is held; district for a limit.</param>
/// <param name="Name">Of the district or aggregator; empty for the city.</param>
/// <param name="By">Who did it.</param>
/// <param name="Why">What for.</param>
/// <param name="ImportKw">Of a limit: most that the district's vehicles may draw together, kW; null = not limited.</param>
/// <param name="ExportKw">Of a limit: most that they may deliver, kW; null = not limited.</param>
public sealed record OperatorEntry(DateTimeOffset RecordedAt, DateTimeOffset At, string Action, HoldScope Scope, string Name, string By, string Why, double? ImportKw = null, double? ExportKw = null)
{
    public const string Hold = "hold";
    public const string Resume = "resume";
    public const string Limit = "limit";
    public const string Unlimit = "unlimit";
}
