using Movc.Domain;
using Movc.Domain.Dispatch;
using Movc.RollingOptimizer.Model;

namespace Movc.Solve;

/// <summary>The schedules of a schedule.csv; a row that is left out is zero.</summary>
internal sealed class FileSchedules : IScheduleSource
{
    private readonly int _slots;
    private readonly List<(int Slot, double PowerKw)>?[] _rows;

    private FileSchedules(int vehicles, int slots) => (_rows, _slots) = (new List<(int, double)>?[vehicles], slots);

    /// <exception cref="InputException">A vehicle or slot that the instance has not, a pair twice, or no number.</exception>
    public static FileSchedules Read(string path, DispatchInstance x)
    {
        var schedules = new FileSchedules(x.VehicleCount, x.SlotCount);
        using CsvRows rows = CsvRows.Open(path, ResultFolder.ScheduleColumns);
        var lookup = new VehicleLookup(InstanceFolder.IndexOf(x));
        while (rows.Next())
        {
            int i = lookup.Find(rows.Bytes(0)), slot = rows.Whole(1);
            if (i < 0) throw rows.Wrong(0, $"vehicle {rows.Text(0)} is not in the instance", "give the instance that was solved");
            if (slot < 0 || slot >= x.SlotCount) throw rows.Wrong(1, $"slot {slot} is outside the horizon", $"it is 0 to {x.SlotCount - 1}");
            List<(int Slot, double PowerKw)> own = schedules._rows[i] ??= [];
            if (own.Count > 0 && own[^1].Slot >= slot) throw rows.Wrong(1, $"slot {slot} stands twice or after a later one", "list a vehicle's slots once, in their order");
            own.Add((slot, rows.Number(2)));
        }
        return schedules;
    }

    public void Expand(int vehicle, Span<double> powerKw)
    {
        if (powerKw.Length != _slots) throw new ArgumentException($"a schedule has {_slots} slots, the span {powerKw.Length}", nameof(powerKw));
        powerKw.Clear();
        foreach ((int slot, double kw) in _rows[vehicle] ?? []) powerKw[slot] = kw;
    }
}
