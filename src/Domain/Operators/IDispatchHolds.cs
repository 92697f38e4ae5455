namespace Movc.Domain.Operators;

/// <summary>What operators have taken out of the dispatch: held vehicles get no setpoints and charge on their own, from the next plan on.</summary>
public interface IDispatchHolds
{
    /// <summary>What is held, what may be, and the newest lines of the log.</summary>
    ValueTask<HoldsView> ViewAsync(CancellationToken cancellationToken);

    /// <summary>Holds or resumes.</summary>
    /// <exception cref="InputException">The name is none of the city's, it is held already, or it is not held.</exception>
    ValueTask<HoldsView> ChangeAsync(HoldCommand command, CancellationToken cancellationToken);
}
