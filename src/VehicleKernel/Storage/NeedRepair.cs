namespace Movc.VehicleKernel.Storage;

/// <summary>
/// Lowers what no schedule reaches. A vehicle is walked forward at full charging, which holds more energy at any instant than any
/// other schedule; a need beyond that becomes that, in whole Wh.
/// </summary>
public static class NeedRepair
{
    /// <summary>Whether full charging reaches everything that the vehicle needs.</summary>
    public static bool Reaches(FleetColumns fleet, int vehicle)
    {
        ArgumentNullException.ThrowIfNull(fleet);
        long unit = fleet.Units.PerWh, capacity = fleet.CapacityWh[vehicle] * unit, energy = fleet.InitialWh[vehicle] * unit;
        for (int s = fleet.StayOffset[vehicle]; s < fleet.StayOffset[vehicle + 1]; s++)
        {
            energy = AfterStay(fleet, s, energy, capacity);
            if (fleet.NeededWh[s] * unit > energy) return false;
            energy -= fleet.TripWh[s] * unit;
            if (energy < 0) return false;
        }
        return fleet.FinalMinWh[vehicle] * unit <= energy;
    }

    /// <summary>Lowers one vehicle's needs in the columns to what full charging reaches, in the order of time.</summary>
    /// <param name="lowered">Is told of each; null where nobody asks.</param>
    public static void Lower(FleetColumns fleet, int vehicle, Action<LoweredNeed>? lowered)
    {
        ArgumentNullException.ThrowIfNull(fleet);
        long unit = fleet.Units.PerWh, capacity = fleet.CapacityWh[vehicle] * unit, energy = fleet.InitialWh[vehicle] * unit;
        for (int s = fleet.StayOffset[vehicle]; s < fleet.StayOffset[vehicle + 1]; s++)
        {
            energy = AfterStay(fleet, s, energy, capacity);
            int reachableWh = (int)(energy / unit);
            Lower(ref fleet.NeededWh[s], reachableWh, vehicle, NeedKind.Departure, lowered);
            Lower(ref fleet.TripWh[s], reachableWh, vehicle, NeedKind.Trip, lowered);
            energy -= fleet.TripWh[s] * unit;
        }
        Lower(ref fleet.FinalMinWh[vehicle], (int)(energy / unit), vehicle, NeedKind.Final, lowered);
    }

    private static long AfterStay(FleetColumns fleet, int stay, long energy, long capacity) =>
        Math.Min(capacity, energy + (long)(fleet.EndSlot[stay] - fleet.StartSlot[stay]) * fleet.MaxChargeW[stay] * fleet.Units.PerChargeWatt);

    private static void Lower(ref int needWh, int reachableWh, int vehicle, NeedKind kind, Action<LoweredNeed>? lowered)
    {
        if (needWh <= reachableWh) return;
        lowered?.Invoke(new LoweredNeed(vehicle, kind, needWh, reachableWh));
        needWh = reachableWh;
    }
}
