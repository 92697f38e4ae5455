namespace Movc.Domain.Sources;

/// <summary>The city's load without its private EVs' charging (model.md §6's L), known or forecast.</summary>
public interface ICityLoad
{
    /// <summary>What stands behind the numbers, for reports: "tetouan_2017_10min.csv shifted 101 weeks, scaled to 3,880 kW".</summary>
    string Description { get; }

    /// <summary>Whether it also tells what the city drew in the weeks before the first interval, as a meter's archive does.</summary>
    bool KnowsBeforeStart => true;

    /// <summary>Mean load, kW, of the interval that starts at the instant.</summary>
    /// <param name="intervalStartMs">Unix milliseconds UTC on an interval's boundary.</param>
    double LoadKw(long intervalStartMs);
}
