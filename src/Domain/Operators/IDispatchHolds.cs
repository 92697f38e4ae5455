namespace Movc.Domain.Operators;

/// <summary>
/// What operators have taken out of the dispatch: held vehicles get no setpoints and charge on their own, from the next plan on; and what
/// districts may draw and deliver.
/// </summary>
public interface IDispatchHolds
{
    /// <summary>What is held, what may be, and the newest lines of the log.</summary>
    ValueTask<HoldsView> ViewAsync(CancellationToken cancellationToken);

    /// <summary>Holds or resumes, limits or ends a limit; a new limit takes the place of the one before.</summary>
    /// <exception cref="InputException">The name is none of the city's, it is held already, it is not held or not limited, or a limit's powers are none.</exception>
    ValueTask<HoldsView> ChangeAsync(HoldCommand command, CancellationToken cancellationToken);
}
