namespace Movc.RollingOptimizer.Setpoints;

/// <summary>What a plan has to keep to beside its vehicles' own limits.</summary>
/// <param name="Mask">Vehicles that it may not use.</param>
/// <param name="Limits">Limits of districts.</param>
/// <param name="Causes">Why vehicles are masked, in words; empty = none are.</param>
public sealed record DispatchOrders(DispatchMask Mask, IReadOnlyList<DistrictLimit> Limits, IReadOnlyList<string> Causes)
{
    /// <summary>Nothing was ordered.</summary>
    public static DispatchOrders None { get; } = new(DispatchMask.None, [], []);
}
