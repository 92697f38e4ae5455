namespace Movc.Domain.Fleet;

/// <summary>
/// A fleet in a period that is over: what it did, and how it would have gone on under other setpoints. Drivers come, go, drive and ask for
/// what they did; what is in the batteries follows from the setpoints.
/// </summary>
public interface IPastFleet
{
    /// <summary>Start of the period, Unix milliseconds UTC, on an interval's boundary.</summary>
    long FromMs { get; }

    /// <summary>Its length in intervals.</summary>
    int Slots { get; }

    /// <summary>Vehicles looked at.</summary>
    int Vehicles { get; }

    /// <summary>Vehicles that there were at the start, those looked at among them.</summary>
    int AllVehicles { get; }

    /// <summary>What it did, with the setpoints and exceptions that there were.</summary>
    PastRun AsItWas { get; }

    /// <summary>Puts it back to the period's start, to be lived through again. One at a time.</summary>
    /// <param name="knowsStays">Whether its snapshots tell departures, returns, uses and needs to come as they came to be, in place of what was declared and expected.</param>
    /// <param name="cancellationToken">Gives up.</param>
    ValueTask<IFleetAgain> AgainAsync(bool knowsStays, CancellationToken cancellationToken);
}
