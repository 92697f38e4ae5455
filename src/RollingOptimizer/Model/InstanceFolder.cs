using Movc.Domain;
using Movc.Domain.Dispatch;

namespace Movc.RollingOptimizer.Model;

/// <summary>
/// A dispatch problem as a folder: settings.json, vehicles.csv, stays.csv, load.csv and, where part of the first day has gone,
/// pastLoad.csv. Energies and powers are read to the nearest Wh and W. The format is in docs/solve.md.
/// </summary>
public static class InstanceFolder
{
    internal const string Vehicles = "vehicles.csv", Stays = "stays.csv", Load = "load.csv", PastLoad = "pastLoad.csv";
    internal static readonly string[] VehicleColumns = ["vehicle", "capacityKwh", "initialKwh", "finalMinKwh"];
    internal static readonly string[] StayColumns = ["vehicle", "startSlot", "endSlot", "maxChargeKw", "maxDischargeKw", "neededAtDepartureKwh", "tripKwhAfter"];
    internal static readonly string[] LoadColumns = ["slot", "loadKw", "baselineEvKw"];
    internal static readonly string[] PastColumns = ["slot", "netLoadKw"];

    /// <summary>Reads the folder.</summary>
    /// <exception cref="InputException">A file is missing, a column unknown, a number wrong: "file:line:column: what; remedy".</exception>
    public static DispatchInstance Read(string folder)
    {
        if (!Directory.Exists(folder)) throw new InputException($"{folder}: no such folder; name one that holds {InstanceSettings.FileName}, {Vehicles}, {Stays} and {Load}");
        InstanceSettings settings = InstanceSettings.Read(Path.Combine(folder, InstanceSettings.FileName));
        var vehicles = new VehicleRows();
        vehicles.Read(Path.Combine(folder, Vehicles));
        (double[] loadKw, double[] baselineKw) = ReadLoad(Path.Combine(folder, Load));
        double[] pastKw = ReadPast(Path.Combine(folder, PastLoad), settings.FirstSlotOfDay);
        StayRows stays = StayRows.Read(Path.Combine(folder, Stays), vehicles.IndexOf, loadKw.Length);
        int first = settings.FirstSlotOfDay, perDay = settings.SlotsPerDay;
        return new DispatchInstance
        {
            VehicleIds = vehicles.Ids,
            CapacityWh = [.. vehicles.CapacityWh],
            InitialWh = [.. vehicles.InitialWh],
            FinalMinWh = [.. vehicles.FinalMinWh],
            StayOffset = stays.Offset,
            StartSlot = stays.Start,
            EndSlot = stays.End,
            MaxChargeW = stays.ChargeW,
            MaxDischargeW = stays.DischargeW,
            NeededAtDepartureWh = stays.NeededWh,
            TripWhAfter = stays.TripWh,
            LoadKw = loadKw,
            BaselineEvKw = baselineKw,
            DayOfSlot = Enumerable.Range(0, loadKw.Length).Select(t => (t + first) / perDay).ToArray(),
            PastLoadKw = pastKw,
            SlotHours = settings.SlotMinutes / 60,
            Efficiency = settings.Efficiency,
            Lambda = settings.Lambda,
            PeakWeight = settings.PeakWeight,
        };
    }

    /// <summary>Writes the files of an instance into an existing folder; reading them gives the same instance, writing that the same bytes.</summary>
    /// <param name="instance">Vehicles known by index alone are named by it.</param>
    /// <param name="folder">Must exist; files of these names are overwritten.</param>
    /// <exception cref="ArgumentException">Days of unequal length that no slotsPerDay tells.</exception>
    public static void Write(DispatchInstance instance, string folder) => InstanceWriter.Write(instance, folder);

    /// <summary>Id of a vehicle; its index where the instance has no ids.</summary>
    public static string NameOf(DispatchInstance instance, int vehicle) => InstanceWriter.Id(instance, vehicle);

    /// <summary>Index of each vehicle by id.</summary>
    public static Dictionary<string, int> IndexOf(DispatchInstance instance)
    {
        ArgumentNullException.ThrowIfNull(instance);
        var indexOf = new Dictionary<string, int>(instance.VehicleCount, StringComparer.Ordinal);
        for (int i = 0; i < instance.VehicleCount; i++) indexOf.Add(InstanceWriter.Id(instance, i), i);
        return indexOf;
    }

    private static (double[] LoadKw, double[] BaselineKw) ReadLoad(string path)
    {
        using CsvRows rows = CsvRows.Open(path, LoadColumns);
        var load = new List<double>();
        var baseline = new List<double>();
        while (rows.Next())
        {
            if (rows.Whole(0) != load.Count) throw rows.Wrong(0, $"slot {rows.Text(0)} where {load.Count} should stand", "list the slots from 0 without a hole");
            load.Add(rows.Number(1));
            baseline.Add(rows.Number(2));
        }
        if (load.Count == 0) throw new InputException($"{path}:2:1: no slot; give one row per slot");
        return ([.. load], [.. baseline]);
    }

    private static double[] ReadPast(string path, int firstSlotOfDay)
    {
        if (!File.Exists(path)) return [];
        var past = new List<double>();
        int first = 0;
        using CsvRows rows = CsvRows.Open(path, PastColumns);
        while (rows.Next())
        {
            int slot = rows.Whole(0);
            if (past.Count == 0)
            {
                if (slot >= 0) throw rows.Wrong(0, $"slot {slot} is not past", "past slots are negative, up to -1");
                if (slot < -firstSlotOfDay) throw rows.Wrong(0, $"{-(long)slot} past slots, but slot 0 is slot {firstSlotOfDay} of its day", "give only those of the present day");
                first = slot;
            }
            if (slot != first + past.Count || slot >= 0) throw rows.Wrong(0, $"slot {slot} where {(first + past.Count < 0 ? first + past.Count : "the end")} should stand", "list the past slots up to -1 without a hole");
            past.Add(rows.Number(1));
        }
        if (past.Count > 0 && first + past.Count != 0) throw rows.Wrong(0, $"the last past slot is {first + past.Count - 1}", "list the past slots up to -1 without a hole");
        return [.. past];
    }

    private sealed class VehicleRows
    {
        public List<string> Ids { get; } = [];

        public Dictionary<string, int> IndexOf { get; } = new(StringComparer.Ordinal);

        public List<int> CapacityWh { get; } = [];

        public List<int> InitialWh { get; } = [];

        public List<int> FinalMinWh { get; } = [];

        public void Read(string path)
        {
            using CsvRows rows = CsvRows.Open(path, VehicleColumns);
            while (rows.Next())
            {
                string id = rows.Text(0);
                if (id.Length == 0) throw rows.Wrong(0, "no name", "give every vehicle one");
                if (!IndexOf.TryAdd(id, Ids.Count)) throw rows.Wrong(0, $"vehicle {id} is listed twice", "keep one of the rows");
                Ids.Add(id);
                int capacity = rows.Milli(1), initial = rows.Milli(2);
                if (initial > capacity) throw rows.Wrong(2, "the initial energy is over the capacity", "lower it");
                CapacityWh.Add(capacity);
                InitialWh.Add(initial);
                FinalMinWh.Add(rows.Milli(3));
            }
        }
    }
}
