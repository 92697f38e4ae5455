using Movc.Domain.Events;

namespace Movc.Studies.Estimation.Places;

/// <summary>A stay of a user at a region. Times are minutes of the city's clock since a Monday 0:00.</summary>
public struct Visit
{
    /// <summary>A region that no stay tells of.</summary>
    public const int Unseen = -1;

    public double ArriveMin;

    public double DepartMin;

    /// <summary><see cref="Unseen"/> where it was too short to be seen.</summary>
    public int Region;

    public PlaceKind Place;

    /// <summary>It may have begun earlier.</summary>
    public bool CutBefore;

    /// <summary>It may have ended later.</summary>
    public bool CutAfter;
}
