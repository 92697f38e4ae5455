using Movc.Domain.Events;

namespace Movc.Gateway.Intake;

/// <summary>One event of a delivery that was put aside.</summary>
/// <param name="Index">Position in the batch, from 0.</param>
/// <param name="Id">CloudEvents id, or null when it has none.</param>
/// <param name="Reason">Stable reason, stored name in JSON.</param>
/// <param name="Detail">The value and the rule it broke.</param>
public sealed record IntakeRefusal(int Index, string? Id, DeadLetterReason Reason, string Detail);
