namespace Movc.Studies.Estimation.Input;

/// <summary>Why a record was left out. Nothing of it is mended: what was meant is not known.</summary>
public enum RecordFault
{
    /// <summary>More or fewer cells than the header.</summary>
    Ragged = 0,

    NoUser = 1,

    /// <summary>The time cannot be read, or lies before 1990 or after 2100.</summary>
    Time = 2,

    /// <summary>A time without a zone in a file whose other times have one, or the other way round.</summary>
    MixedZones = 3,

    /// <summary>A coordinate cannot be read or lies outside the globe.</summary>
    Coordinate = 4,

    /// <summary>Outside the city, but inside it with longitude and latitude exchanged.</summary>
    Swapped = 5,

    /// <summary>Outside the city: in the sea, in another city, or at 0, 0.</summary>
    Outside = 6,

    /// <summary>A duration of 0 or less, or of over a month.</summary>
    Duration = 7,

    /// <summary>The user has a record of the same time already.</summary>
    Duplicate = 8,
}
