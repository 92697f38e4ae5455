namespace Movc.Studies.Estimation.Fit;

/// <summary>Why a user's records tell nothing of a driver.</summary>
public enum UserFault
{
    /// <summary>Fewer stays than tell anything.</summary>
    FewStays = 0,

    /// <summary>Records over less than two weeks (TimeGeo's rule).</summary>
    ShortSpan = 1,

    /// <summary>No night at any place.</summary>
    NoHome = 2,
}
