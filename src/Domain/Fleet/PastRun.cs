namespace Movc.Domain.Fleet;

/// <summary>What a fleet's willing vehicles came to in a period: stay by stay, and in sums over all of it, broken intervals too.</summary>
/// <param name="History">Their stays.</param>
/// <param name="ChargeOnlyKw">What they would have drawn on their own, kW per slot.</param>
/// <param name="ChargedKw">What they drew, kW per slot, 0 or more.</param>
/// <param name="DischargedKw">What they delivered, kW per slot, 0 or more.</param>
public sealed record PastRun(FleetHistory History, double[] ChargeOnlyKw, double[] ChargedKw, double[] DischargedKw);
