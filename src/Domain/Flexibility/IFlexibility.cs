namespace Movc.Domain.Flexibility;

/// <summary>Asks the city what its vehicles can do beyond the plan in force; nothing is committed by it.</summary>
public interface IFlexibility
{
    /// <summary>Answers a question; null before the first plan.</summary>
    /// <exception cref="InputException">The time lies outside the plan's horizon, or the power is not over 0.</exception>
    ValueTask<FlexibilityAnswer?> AskAsync(FlexibilityAsk ask, CancellationToken cancellationToken);

    /// <summary>The supply curve of the plan in force; null before the first plan.</summary>
    ValueTask<SupplyCurve?> CurveAsync(CancellationToken cancellationToken);
}
