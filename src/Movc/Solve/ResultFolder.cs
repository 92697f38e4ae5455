using System.Text.Json;
using Movc.Domain.Dispatch;
using Movc.RollingOptimizer.Model;

namespace Movc.Solve;

/// <summary>Writes the files of a result folder (docs/solve.md).</summary>
internal static class ResultFolder
{
    public const string Document = "result.json", Schedule = "schedule.csv", Rounds = "rounds.bin", Prices = "prices.csv", Load = "load.csv";

    /// <summary>Fleets of up to this many vehicles have their schedules written without being asked.</summary>
    public const int ScheduleUpTo = 10_000;

    public static readonly string[] ScheduleColumns = ["vehicle", "slot", "powerKw"];
    public static readonly string[] PriceColumns = ["slot", "price"];
    public static readonly string[] LoadColumns = ["slot", "originalKw", "chargeOnlyKw", "afterKw"];

    /// <summary>Writes everything; gives the document as it was written.</summary>
    /// <param name="document">With its Schedules still to be told.</param>
    public static ResultDocument Write(
        string folder, DispatchInstance x, DispatchResult result, ResultDocument document, bool dense, CancellationToken cancellationToken)
    {
        string schedules = WriteSchedules(folder, x, result, document.Instance.Sha256, dense, cancellationToken);
        using (CsvLines prices = new(Path.Combine(folder, Prices), PriceColumns))
        {
            for (int k = 0; k < result.Prices.Length; k++)
            {
                prices.Whole(k - x.PastLoadKw.Length);
                prices.Number(result.Prices[k]);
                prices.EndLine();
            }
        }
        using (CsvLines load = new(Path.Combine(folder, Load), LoadColumns))
        {
            for (int t = 0; t < x.SlotCount; t++)
            {
                load.Whole(t);
                load.Number(x.LoadKw[t]);
                load.Number(x.LoadKw[t] + x.BaselineEvKw[t]);
                load.Number(result.AfterKw[t]);
                load.EndLine();
            }
        }
        ResultDocument written = document with { Schedules = schedules };
        File.WriteAllText(Path.Combine(folder, Document), JsonSerializer.Serialize(written, ResultDocument.Json) + "\n");
        return written;
    }

    private static string WriteSchedules(
        string folder, DispatchInstance x, DispatchResult result, string hash, bool dense, CancellationToken cancellationToken)
    {
        if (!dense && x.VehicleCount > ScheduleUpTo && RoundsFile.TryWrite(x, result, hash, Path.Combine(folder, Rounds))) return Rounds;
        using CsvLines lines = new(Path.Combine(folder, Schedule), ScheduleColumns);
        var powerKw = new double[x.SlotCount];
        for (int i = 0; i < x.VehicleCount; i++)
        {
            if (i % 1024 == 0) cancellationToken.ThrowIfCancellationRequested();
            string id = InstanceFolder.NameOf(x, i);
            result.Schedules.Expand(i, powerKw);
            for (int t = 0; t < powerKw.Length; t++)
            {
                if (powerKw[t] == 0) continue;
                lines.Text(id);
                lines.Whole(t);
                lines.Number(powerKw[t]);
                lines.EndLine();
            }
        }
        return Schedule;
    }
}
