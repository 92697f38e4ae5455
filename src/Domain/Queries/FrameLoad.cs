namespace Movc.Domain.Queries;

/// <summary>kW, mean of one interval.</summary>
public sealed record FrameLoad(double OriginalKw, double ChargeOnlyKw, double AfterKw);
