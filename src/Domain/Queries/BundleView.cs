namespace Movc.Domain.Queries;

/// <summary>A published plan as its prices (docs/protocol/plan-bundle.md).</summary>
/// <param name="Id">The plan.</param>
/// <param name="At">Interval that it commits.</param>
/// <param name="Hash">Hash of the bundle, hexadecimal: the next one names it.</param>
/// <param name="Bytes">The bundle itself.</param>
public sealed record BundleView(string Id, DateTimeOffset At, string Hash, byte[] Bytes);
