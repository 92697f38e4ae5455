namespace Movc.Studies.Weeks;

/// <summary>A stretch of a simulated week's vehicles: what one thread works on at a time.</summary>
/// <param name="FirstVehicle">Number of its first vehicle.</param>
/// <param name="Vehicles">In order.</param>
/// <param name="Stays">By vehicle, then in time order.</param>
public sealed record WeekPart(int FirstVehicle, WeekVehicle[] Vehicles, WeekStay[] Stays)
{
    /// <summary>Stays of the vehicle at an index of this part.</summary>
    public ReadOnlySpan<WeekStay> StaysOf(int index)
    {
        int from = Vehicles[index].FirstStay, to = index + 1 < Vehicles.Length ? Vehicles[index + 1].FirstStay : Stays.Length;
        return Stays.AsSpan(from, to - from);
    }
}
