using Movc.Domain.Metrics;

namespace Movc.Domain.Queries;

/// <summary>PVDR of the present calendar day: intervals gone plus intervals planned.</summary>
public sealed record FramePvdr(Pvdr Original, Pvdr ChargeOnly, Pvdr After, int RealizedSlots, int PlannedSlots);
