using System.Runtime.InteropServices;

namespace Movc.RollingOptimizer.Model;

/// <summary>stays.csv in columns, ordered by vehicle.</summary>
internal sealed class StayRows
{
    private StayRows(int vehicles) => Offset = new int[vehicles + 1];

    public int[] Offset { get; }

    public int[] Start { get; private set; } = [];

    public int[] End { get; private set; } = [];

    public int[] ChargeW { get; private set; } = [];

    public int[] DischargeW { get; private set; } = [];

    public int[] NeededWh { get; private set; } = [];

    public int[] TripWh { get; private set; } = [];

    /// <summary>Reads the file. The stays of one vehicle stand in time order; the vehicles may stand in any.</summary>
    /// <param name="slots">Slots of the horizon.</param>
    public static StayRows Read(string path, Dictionary<string, int> indexOf, int slots)
    {
        var stays = new StayRows(indexOf.Count);
        List<int> vehicle = [], start = [], end = [], chargeW = [], dischargeW = [], neededWh = [], tripWh = [];
        int[] free = new int[indexOf.Count];
        bool sorted = true;
        using CsvRows rows = CsvRows.Open(path, InstanceFolder.StayColumns);
        var lookup = new VehicleLookup(indexOf);
        while (rows.Next())
        {
            int i = lookup.Find(rows.Bytes(0));
            if (i < 0) throw rows.Wrong(0, $"vehicle {rows.Text(0)} is not in {InstanceFolder.Vehicles}", "add it there or remove the stay");
            int a = rows.Whole(1), b = rows.Whole(2);
            if (a < 0 || a >= b) throw rows.Wrong(1, $"a stay of slots [{a}, {b}) is empty or starts before 0", "give startSlot from 0 and a later endSlot");
            if (b > slots) throw rows.Wrong(2, $"endSlot {b} is after the last slot of {InstanceFolder.Load}", $"it is at most {slots}");
            if (a < free[i]) throw rows.Wrong(1, $"the stay starts before the vehicle's stay before it ends at {free[i]}", "order a vehicle's stays by time, without overlap");
            if (b < slots && (rows.IsEmpty(5) || rows.IsEmpty(6)))
                throw rows.Wrong(rows.IsEmpty(5) ? 5 : 6, "only a stay that the horizon cuts off may leave this empty", "give the energy in kWh, 0 if none");
            free[i] = b;
            sorted &= vehicle.Count == 0 || i >= vehicle[^1];
            vehicle.Add(i);
            start.Add(a);
            end.Add(b);
            chargeW.Add(rows.Milli(3));
            dischargeW.Add(rows.Milli(4));
            neededWh.Add(rows.IsEmpty(5) ? 0 : rows.Milli(5));
            tripWh.Add(rows.IsEmpty(6) ? 0 : rows.Milli(6));
            stays.Offset[i + 1]++;
        }
        for (int i = 0; i < indexOf.Count; i++) stays.Offset[i + 1] += stays.Offset[i];
        int[]? placeOf = sorted ? null : Places(vehicle, stays.Offset);
        stays.Start = Placed(start, placeOf);
        stays.End = Placed(end, placeOf);
        stays.ChargeW = Placed(chargeW, placeOf);
        stays.DischargeW = Placed(dischargeW, placeOf);
        stays.NeededWh = Placed(neededWh, placeOf);
        stays.TripWh = Placed(tripWh, placeOf);
        return stays;
    }

    private static int[] Places(List<int> vehicle, int[] offset)
    {
        int[] at = (int[])offset.Clone();
        var placeOf = new int[vehicle.Count];
        for (int r = 0; r < placeOf.Length; r++) placeOf[r] = at[vehicle[r]]++;
        return placeOf;
    }

    private static int[] Placed(List<int> column, int[]? placeOf)
    {
        if (placeOf is null) return [.. column];
        var placed = new int[column.Count];
        ReadOnlySpan<int> from = CollectionsMarshal.AsSpan(column);
        for (int r = 0; r < placed.Length; r++) placed[placeOf[r]] = from[r];
        return placed;
    }
}
