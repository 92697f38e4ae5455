namespace Movc.Domain.Operators;

/// <summary>One line of the operators' log.</summary>
/// <param name="RecordedAt">Wall clock.</param>
/// <param name="At">City time.</param>
/// <param name="Action">hold or resume.</param>
/// <param name="Scope">What is held.</param>
/// <param name="Name">Of the district or aggregator; empty for the city.</param>
/// <param name="By">Who did it.</param>
/// <param name="Why">What for.</param>
public sealed record OperatorEntry(DateTimeOffset RecordedAt, DateTimeOffset At, string Action, HoldScope Scope, string Name, string By, string Why)
{
    public const string Hold = "hold";
    public const string Resume = "resume";
}
