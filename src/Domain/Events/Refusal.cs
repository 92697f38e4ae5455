namespace Movc.Domain.Events;

/// <summary>Outcome of a check: <see cref="None"/> or the reason with the value and the rule it broke.</summary>
/// <param name="Reason">None when the check passed.</param>
/// <param name="Detail">One sentence for a person; empty when the check passed.</param>
public readonly record struct Refusal(DeadLetterReason Reason, string Detail)
{
    public static readonly Refusal None = new(DeadLetterReason.None, string.Empty);

    public bool IsRefused => Reason != DeadLetterReason.None;
}
