using Movc.Domain.Dispatch;
using Movc.Domain.Willingness;

namespace Movc.Studies.Dispatch;

/// <summary>How a simulated week becomes a dispatch problem.</summary>
public sealed record WeekProblemOptions
{
    /// <summary>The city without the charging of any of the week's vehicles, kW per slot.</summary>
    public required double[] LoadKw { get; init; }

    public required IWillingness Willingness { get; init; }

    public StrategyMix Strategy { get; init; } = StrategyMix.Willing;

    /// <summary>Least share of the Charge Only energy at every departure, 0 to 1 (MOVC Eq. 41); 0 = only what trips need.</summary>
    public double Satisfaction { get; init; }

    /// <summary>The batteries hold at the end what Charge Only would have left in them.</summary>
    public bool FinalFloor { get; init; } = true;

    /// <summary>λ.</summary>
    public double Lambda { get; init; } = DispatchParameters.Lambda;
}
