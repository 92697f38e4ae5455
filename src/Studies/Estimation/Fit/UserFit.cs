namespace Movc.Studies.Estimation.Fit;

/// <summary>One user's parameters as far as the user's own records tell (NaN where they do not), before any correction.</summary>
public struct UserFit
{
    /// <summary>n_w: departures from home, not to work, over the travel rhythm that passed there.</summary>
    public double ToursPerWeek;

    /// <summary>β1: departures from Other, not to work, over the rhythm that passed there and n_w.</summary>
    public double DwellRate;

    /// <summary>β2: moves on to another Other over the rhythm at the moves and n_w.</summary>
    public double BurstRate;

    /// <summary>ρ, at the population's γ.</summary>
    public double ExplorationRate;

    /// <summary>Mean of the density of the distance to a new place, α·θ, km.</summary>
    public double DistanceKm;

    /// <summary>Departures from home that were counted: how sure n_w is.</summary>
    public int HomeDepartures;

    /// <summary>Departures from Other that were counted.</summary>
    public int OtherDepartures;

    /// <summary>Moves on that were counted.</summary>
    public int Bursts;

    /// <summary>Visits of new places that were counted.</summary>
    public int NewPlaces;
}
