namespace Movc.Studies.Weeks;

/// <summary>A vehicle of a simulated week.</summary>
public struct WeekVehicle
{
    /// <summary>Stored energy at the week's first slot, Wh.</summary>
    public int InitialWh;

    /// <summary>Its stays are those from here to the next vehicle's first, in its part.</summary>
    public int FirstStay;

    /// <summary>District of its home.</summary>
    public short HomeDistrict;

    /// <summary>Index of its model.</summary>
    public byte Model;
}
