namespace Movc.Studies.Estimation.Stays;

/// <summary>A stay found in a user's records. Times are Unix milliseconds UTC.</summary>
public struct FoundStay
{
    /// <summary>When the user came: between the last record before and the first one there, told by the distance; the first one there where nothing is known before.</summary>
    public long ArriveMs;

    /// <summary>When the user left, alike.</summary>
    public long DepartMs;

    /// <summary>Middle of the records, km east of the reference point; NaN for a place that was only passed by.</summary>
    public float EastKm;

    /// <summary>Km north of the reference point.</summary>
    public float NorthKm;

    /// <summary>Nothing is known of what came before: the stay may have begun earlier.</summary>
    public bool CutBefore;

    /// <summary>Nothing is known of what came after.</summary>
    public bool CutAfter;
}
