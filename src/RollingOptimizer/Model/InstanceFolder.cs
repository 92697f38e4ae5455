using System.Globalization;
using System.Text.Json;
using Movc.Domain;
using Movc.Domain.Dispatch;

namespace Movc.RollingOptimizer.Model;

/// <summary>
/// Reads a dispatch problem from a folder: settings.json, vehicles.csv, stays.csv, load.csv and, where part of the first day has
/// gone, pastLoad.csv. Energies and powers are read to the nearest Wh and W.
/// </summary>
public static class InstanceFolder
{
    private const string Vehicles = "vehicles.csv", Stays = "stays.csv", Load = "load.csv", PastLoad = "pastLoad.csv", SettingsFile = "settings.json";
    private static readonly string[] SettingNames = ["slotMinutes", "slotsPerDay", "firstSlotOfDay", "efficiency", "lambda"];

    /// <summary>Reads the folder.</summary>
    /// <exception cref="InputException">A file is missing, a column unknown, a number wrong: "file:line:column: what; remedy".</exception>
    public static DispatchInstance Read(string folder)
    {
        if (!Directory.Exists(folder)) throw new InputException($"{folder}: no such folder; name one that holds {SettingsFile}, {Vehicles}, {Stays} and {Load}");
        Dictionary<string, double> settings = ReadSettings(Path.Combine(folder, SettingsFile));
        int slotsPerDay = (int)settings["slotsPerDay"], firstSlotOfDay = (int)settings["firstSlotOfDay"];

        var rows = CsvTable.Read(Path.Combine(folder, Vehicles), "vehicle", "capacityKwh", "initialKwh", "finalMinKwh");
        var ids = new List<string>(rows.Count);
        var indexOf = new Dictionary<string, int>(StringComparer.Ordinal);
        int[] capacity = new int[rows.Count], initial = new int[rows.Count], final = new int[rows.Count];
        for (int i = 0; i < rows.Count; i++)
        {
            string id = rows.Text(i, 0);
            if (!indexOf.TryAdd(id, i)) throw rows.Wrong(i, 0, $"vehicle {id} is listed twice", "keep one of the rows");
            ids.Add(id);
            capacity[i] = rows.Milli(i, 1);
            initial[i] = rows.Milli(i, 2);
            final[i] = rows.Milli(i, 3);
            if (initial[i] > capacity[i]) throw rows.Wrong(i, 2, "the initial energy is over the capacity", "lower it");
        }

        (double[] loadKw, double[] baselineKw) = ReadLoad(Path.Combine(folder, Load));
        double[] pastKw = ReadPast(Path.Combine(folder, PastLoad), firstSlotOfDay);
        StayColumns stays = ReadStays(Path.Combine(folder, Stays), indexOf, loadKw.Length);
        return new DispatchInstance
        {
            VehicleIds = ids,
            CapacityWh = capacity,
            InitialWh = initial,
            FinalMinWh = final,
            StayOffset = stays.Offset,
            StartSlot = stays.Start,
            EndSlot = stays.End,
            MaxChargeW = stays.ChargeW,
            MaxDischargeW = stays.DischargeW,
            NeededAtDepartureWh = stays.NeededWh,
            TripWhAfter = stays.TripWh,
            LoadKw = loadKw,
            BaselineEvKw = baselineKw,
            DayOfSlot = Enumerable.Range(0, loadKw.Length).Select(t => (t + firstSlotOfDay) / slotsPerDay).ToArray(),
            PastLoadKw = pastKw,
            SlotHours = settings["slotMinutes"] / 60,
            Efficiency = settings["efficiency"],
            Lambda = settings["lambda"],
        };
    }

    private static StayColumns ReadStays(string path, Dictionary<string, int> indexOf, int slots)
    {
        var rows = CsvTable.Read(path, "vehicle", "startSlot", "endSlot", "maxChargeKw", "maxDischargeKw", "neededAtDepartureKwh", "tripKwhAfter");
        var vehicle = new int[rows.Count];
        var offset = new int[indexOf.Count + 1];
        for (int r = 0; r < rows.Count; r++)
        {
            if (!indexOf.TryGetValue(rows.Text(r, 0), out vehicle[r]))
                throw rows.Wrong(r, 0, $"vehicle {rows.Text(r, 0)} is not in {Vehicles}", "add it there or remove the stay");
            offset[vehicle[r] + 1]++;
        }
        for (int i = 0; i < indexOf.Count; i++) offset[i + 1] += offset[i];
        var rowOf = new int[rows.Count];
        int[] at = (int[])offset.Clone();
        for (int r = 0; r < rows.Count; r++) rowOf[at[vehicle[r]]++] = r;

        var columns = new StayColumns(offset, rows.Count);
        for (int s = 0; s < rows.Count; s++)
        {
            int r = rowOf[s];
            columns.Start[s] = rows.Whole(r, 1);
            columns.End[s] = rows.Whole(r, 2);
            if (columns.Start[s] < 0 || columns.Start[s] >= columns.End[s])
                throw rows.Wrong(r, 1, $"a stay of slots [{columns.Start[s]}, {columns.End[s]}) is empty or starts before 0", "give startSlot from 0 and a later endSlot");
            if (columns.End[s] > slots) throw rows.Wrong(r, 2, $"endSlot {columns.End[s]} is after the last slot of {Load}", $"it is at most {slots}");
            bool follows = s > 0 && vehicle[rowOf[s - 1]] == vehicle[r];
            if (follows && columns.Start[s] < columns.End[s - 1])
                throw rows.Wrong(r, 1, $"the stay starts before the vehicle's stay before it ends at {columns.End[s - 1]}", "order a vehicle's stays by time, without overlap");
            columns.ChargeW[s] = rows.Milli(r, 3);
            columns.DischargeW[s] = rows.Milli(r, 4);
            columns.NeededWh[s] = rows.IsEmpty(r, 5) ? 0 : rows.Milli(r, 5);
            columns.TripWh[s] = rows.IsEmpty(r, 6) ? 0 : rows.Milli(r, 6);
            if (columns.End[s] < slots && (rows.IsEmpty(r, 5) || rows.IsEmpty(r, 6)))
                throw rows.Wrong(r, rows.IsEmpty(r, 5) ? 5 : 6, "only a stay that the horizon cuts off may leave this empty", "give the energy in kWh, 0 if none");
        }
        return columns;
    }

    private static (double[] LoadKw, double[] BaselineKw) ReadLoad(string path)
    {
        var rows = CsvTable.Read(path, "slot", "loadKw", "baselineEvKw");
        if (rows.Count == 0) throw new InputException($"{path}:1:1: no slot; give one row per slot");
        double[] load = new double[rows.Count], baseline = new double[rows.Count];
        for (int r = 0; r < rows.Count; r++)
        {
            if (rows.Whole(r, 0) != r) throw rows.Wrong(r, 0, $"slot {rows.Text(r, 0)} where {r} should stand", "list the slots from 0 without a hole");
            load[r] = rows.Number(r, 1);
            baseline[r] = rows.Number(r, 2);
        }
        return (load, baseline);
    }

    private static double[] ReadPast(string path, int firstSlotOfDay)
    {
        if (!File.Exists(path)) return [];
        var rows = CsvTable.Read(path, "slot", "netLoadKw");
        if (rows.Count > firstSlotOfDay)
            throw new InputException($"{path}:{firstSlotOfDay + 2}:1: {rows.Count} past slots, but slot 0 is slot {firstSlotOfDay} of its day; give only those of the present day");
        var past = new double[rows.Count];
        for (int r = 0; r < rows.Count; r++)
        {
            if (rows.Whole(r, 0) != r - rows.Count) throw rows.Wrong(r, 0, $"slot {rows.Text(r, 0)} where {r - rows.Count} should stand", "list the past slots up to -1 without a hole");
            past[r] = rows.Number(r, 1);
        }
        return past;
    }

    private static Dictionary<string, double> ReadSettings(string path)
    {
        if (!File.Exists(path)) throw new InputException($"{path}: no such file; it holds {string.Join(", ", SettingNames)}");
        var found = new Dictionary<string, double>(StringComparer.Ordinal);
        try
        {
            using JsonDocument json = JsonDocument.Parse(File.ReadAllBytes(path));
            if (json.RootElement.ValueKind != JsonValueKind.Object) throw new InputException($"{path}:1:1: not an object; write {{ \"slotMinutes\": 10, … }}");
            foreach (JsonProperty setting in json.RootElement.EnumerateObject())
            {
                if (!SettingNames.Contains(setting.Name, StringComparer.Ordinal))
                    throw new InputException($"{path}: unknown setting {setting.Name}; known are {string.Join(", ", SettingNames)}");
                if (setting.Value.ValueKind != JsonValueKind.Number || !setting.Value.TryGetDouble(out double value))
                    throw new InputException($"{path}: {setting.Name} is not a number; write it without quotes");
                if (!found.TryAdd(setting.Name, value)) throw new InputException($"{path}: {setting.Name} is given twice; keep one");
            }
        }
        catch (JsonException e)
        {
            throw new InputException(string.Create(CultureInfo.InvariantCulture, $"{path}:{e.LineNumber + 1}:{e.BytePositionInLine + 1}: not JSON; correct it there"), e);
        }
        foreach (string name in SettingNames)
        {
            if (!found.ContainsKey(name)) throw new InputException($"{path}: {name} is missing; add it");
        }
        WholeSetting(path, found, "slotsPerDay", 1, 100_000);
        WholeSetting(path, found, "firstSlotOfDay", 0, (int)found["slotsPerDay"] - 1);
        if (!(found["slotMinutes"] > 0 && found["slotMinutes"] <= 1440)) throw new InputException($"{path}: slotMinutes is not over 0 and at most 1440; correct it");
        return found;
    }

    private static void WholeSetting(string path, Dictionary<string, double> found, string name, int least, int most)
    {
        double value = found[name];
        if (value != Math.Floor(value) || value < least || value > most)
            throw new InputException(string.Create(CultureInfo.InvariantCulture, $"{path}: {name} is {value}; give a whole number from {least} to {most}"));
    }

    private sealed class StayColumns(int[] offset, int count)
    {
        public int[] Offset { get; } = offset;

        public int[] Start { get; } = new int[count];

        public int[] End { get; } = new int[count];

        public int[] ChargeW { get; } = new int[count];

        public int[] DischargeW { get; } = new int[count];

        public int[] NeededWh { get; } = new int[count];

        public int[] TripWh { get; } = new int[count];
    }
}
