using System.Globalization;
using System.Text.Json;
using Movc.Domain;
using Movc.Domain.Dispatch;
using Movc.RollingOptimizer.Model;

namespace Movc.Solve;

/// <summary>Reads a result folder back.</summary>
internal static class ResultReader
{
    /// <exception cref="InputException">No result folder, or its document is damaged.</exception>
    public static ResultDocument Document(string folder)
    {
        string path = Path.Combine(folder, ResultFolder.Document);
        if (!File.Exists(path)) throw new InputException($"{folder}: no result folder, {ResultFolder.Document} is missing; name one that movc solve --out wrote");
        try
        {
            return JsonSerializer.Deserialize<ResultDocument>(File.ReadAllBytes(path), ResultDocument.Json)
                ?? throw new InputException($"{path}:1:1: empty; solve again to write it");
        }
        catch (JsonException e)
        {
            string place = e.LineNumber is null ? string.Empty : string.Create(CultureInfo.InvariantCulture, $":{e.LineNumber + 1}:{e.BytePositionInLine + 1}");
            throw new InputException($"{path}{place}: not a result document ({e.Message.ReplaceLineEndings(" ")}); solve again to write it", e);
        }
    }

    /// <summary>The plan as the files tell it.</summary>
    /// <param name="instanceHash">Hash of <paramref name="x"/>.</param>
    /// <exception cref="InputException">A file is missing or damaged.</exception>
    public static DispatchResult Plan(string folder, ResultDocument document, DispatchInstance x, string instanceHash)
    {
        double[] prices = Column(Path.Combine(folder, ResultFolder.Prices), ResultFolder.PriceColumns, 1, -x.PastLoadKw.Length, x.PastLoadKw.Length + x.SlotCount);
        double[] afterKw = Column(Path.Combine(folder, ResultFolder.Load), ResultFolder.LoadColumns, 3, 0, x.SlotCount);
        string rounds = Path.Combine(folder, ResultFolder.Rounds), schedule = Path.Combine(folder, ResultFolder.Schedule);
        IScheduleSource schedules = File.Exists(schedule) ? FileSchedules.Read(schedule, x)
            : File.Exists(rounds) ? RoundsFile.Read(x, instanceHash, rounds)
            : throw new InputException($"{folder}: neither {ResultFolder.Schedule} nor {ResultFolder.Rounds}; solve again to write one");
        return new DispatchResult
        {
            Status = StatusOf(folder, document.Status),
            ObjectiveKw = document.Objective,
            BoundKw = document.Bound,
            Seconds = document.Seconds,
            AfterKw = afterKw,
            Prices = prices,
            FirstSlotPowerW = Setpoints(x, schedules),
            Infeasible = Infeasible(folder, document, x),
            Schedules = schedules,
            WarmPrices = prices[x.PastLoadKw.Length..],
        };
    }

    /// <summary>A column of numbers whose rows run over the slots from <paramref name="firstSlot"/>.</summary>
    public static double[] Column(string path, string[] columns, int column, int firstSlot, int count)
    {
        var values = new List<double>(count);
        using CsvRows rows = CsvRows.Open(path, columns);
        while (rows.Next())
        {
            if (rows.Whole(0) != firstSlot + values.Count) throw rows.Wrong(0, $"slot {rows.Text(0)} where {firstSlot + values.Count} should stand", "list the slots once, in their order");
            if (values.Count == count) throw rows.Wrong(0, $"more than the {count} slots of the instance", "give the instance that was solved");
            values.Add(rows.Number(column));
        }
        if (values.Count != count) throw new InputException($"{path}:{rows.Line}:1: {values.Count} slots where the instance has {count}; give the instance that was solved");
        return [.. values];
    }

    // The folder holds no setpoints: they are the schedules' own first slot, so there is nothing to hold against them.
    private static int[] Setpoints(DispatchInstance x, IScheduleSource schedules)
    {
        var setpointW = new int[x.VehicleCount];
        var powerKw = new double[x.SlotCount];
        for (int i = 0; i < setpointW.Length && powerKw.Length > 0; i++)
        {
            schedules.Expand(i, powerKw);
            setpointW[i] = (int)Math.Clamp(Math.Round(powerKw[0] * 1000), int.MinValue, int.MaxValue);
        }
        return setpointW;
    }

    private static List<InfeasibleVehicle> Infeasible(string folder, ResultDocument document, DispatchInstance x)
    {
        var list = new List<InfeasibleVehicle>();
        if (document.Infeasible.Count == 0) return list;
        Dictionary<string, int> indexOf = InstanceFolder.IndexOf(x);
        foreach (ResultDocument.InfeasibleEntry entry in document.Infeasible)
        {
            if (!indexOf.TryGetValue(entry.Vehicle, out int i))
                throw new InputException($"{Path.Combine(folder, ResultFolder.Document)}: infeasible vehicle {entry.Vehicle} is not in the instance; give the instance that was solved");
            list.Add(new InfeasibleVehicle(i, entry.Reason, (int)Math.Round(entry.WantedKwh * 1000), (int)Math.Round(entry.ReachableKwh * 1000)));
        }
        return list;
    }

    private static DispatchStatus StatusOf(string folder, string name)
    {
        foreach (DispatchStatus status in Enum.GetValues<DispatchStatus>())
        {
            if (string.Equals(DispatchStatusNames.Of(status), name, StringComparison.Ordinal)) return status;
        }
        throw new InputException($"{Path.Combine(folder, ResultFolder.Document)}: status {name} is unknown; it is solved, repaired, loose-gap or empty");
    }
}
